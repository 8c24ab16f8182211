-- The agents of these ids.
-- $1: [id, …]. Caller: store::slices. Index: primary key.
select id, key, name from agents where id in (select value::bigint from jsonb_array_elements_text($1::jsonb))
