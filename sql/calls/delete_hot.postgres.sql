-- Removes the hot half of calls, before it is written anew. $1 JSON list of ids. By: store/calls. Index: primary key.
delete from calls where id in (select l.value::bigint from jsonb_array_elements_text($1::jsonb) l (value))
