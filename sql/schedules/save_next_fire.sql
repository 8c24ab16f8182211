-- Moves a schedule's next date, if nobody changed the row since it was read ($2: its version then).
-- Caller: fire_schedules, of one that can't be read. Index: primary key.
update schedules
set next_fire_at = $3, next_occurrence = $4, version = version + 1
where id = $1 and version = $2 and retired_at is null
