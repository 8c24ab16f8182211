-- Removes the parts of calls, before they are written anew. $1 JSON list of ids. By: store/calls. Index: primary key.
delete from call_parts where call in (select l.value::bigint from jsonb_array_elements_text($1::jsonb) l (value))
