-- Removes the entries of some callers, which are about to be written anew. $1 project, $2 JSON list of numbers.
-- By: store/callbacks. Index: primary key.
delete from callback_entries
where project = $1 and client in (select (l #>> '{}')::bigint from jsonb_array_elements($2::jsonb) l)
