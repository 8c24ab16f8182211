-- Moves the next dates of schedules, of each if nobody changed its row since it was read; those that moved come back. $1: JSON list
-- of [id, version then, microseconds or null, occurrence or null]. Callers: fire_schedules (in the transaction that makes the runs),
-- rebuilding next dates. Index: primary key.
update schedules
set next_fire_at = w.value ->> 2, next_occurrence = w.value ->> 3, version = version + 1
from json_each($1) w
where schedules.id = w.value ->> 0 and schedules.version = w.value ->> 1 and schedules.retired_at is null
returning schedules.id
