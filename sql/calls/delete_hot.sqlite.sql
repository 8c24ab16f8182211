-- Removes the hot half of calls, before it is written anew (its key holds the start, which may have changed).
-- $1 JSON list of ids. By: store/calls. Index: unique (id).
delete from calls where id in (select value from json_each($1))
