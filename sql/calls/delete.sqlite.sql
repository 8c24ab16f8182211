-- Removes calls that were folded into others, with everything of theirs. $1 JSON list of ids. By: store/calls.
-- Index: primary key.
delete from call_details where id in (select value from json_each($1))
