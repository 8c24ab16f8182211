-- Removes calls that were folded into others, with everything of theirs. $1 JSON list of ids. By: store/calls.
-- Index: primary key.
delete from call_details where id in (select l.value::bigint from jsonb_array_elements_text($1::jsonb) l (value))
