-- Silences whose time is up at $1. Caller: housekeeping. Index: silences_in_force, whose condition is repeated, because SQLite takes
-- a partial index for nothing else.
select id from silences where ended_at is null and until <= $1 order by until
