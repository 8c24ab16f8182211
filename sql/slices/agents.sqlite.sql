-- The agents of these ids.
-- $1: [id, …]. Caller: store::slices. Index: primary key.
select id, key, name from agents where id in (select value from json_each($1))
