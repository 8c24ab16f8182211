-- Moves the next dates of schedules, of each if nobody changed its row since it was read; those that moved come back. $1: JSON list
-- of [id, version then, microseconds or null, occurrence or null]. Callers: fire_schedules (in the transaction that makes the runs),
-- rebuilding next dates. Index: primary key.
update schedules
set next_fire_at = timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond', next_occurrence = w.item ->> 3,
    version = schedules.version + 1
from jsonb_array_elements($1::jsonb) w (item)
where schedules.id = w.item ->> 0 and schedules.version = (w.item ->> 1)::bigint and schedules.retired_at is null
returning schedules.id
