-- Ends pauses whose time is up at $1. Caller: housekeeping. Index: suppressions_that_end, whose condition is repeated, because
-- SQLite takes a partial index for nothing else.
update suppressions set lifted_at = $1, lifted_by = 'callbrief', lifted_reason = 'the pause is over'
where until is not null and lifted_at is null and until <= $1
