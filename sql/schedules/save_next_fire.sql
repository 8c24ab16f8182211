-- Moves a schedule's next date, if nobody changed the row since it was read ($2: its version then).
-- Callers: fire_schedules (in the transaction that makes the run), rebuilding next dates. Index: primary key.
update schedules
set next_fire_at = $3, next_occurrence = $4, version = version + 1
where id = $1 and version = $2 and retired_at is null
