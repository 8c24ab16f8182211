-- Tells every process that listens that there is work. Caller: store/db, after a commit that made some. Index: none.
select cast(pg_notify('callbrief', '') as text) as told
