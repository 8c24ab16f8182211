-- Removes the parts of calls, before they are written anew. $1 JSON list of ids. By: store/calls. Index: primary key.
delete from call_parts where call in (select value from json_each($1))
