-- Nobody listens on an embedded database. Caller: none. Index: none.
select cast(null as text) as told
