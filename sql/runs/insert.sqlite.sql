-- Adds runs ($1: JSON list, in order; $2: now), of each unless its occurrence, or its instant, already has one; those that were added
-- come back. Callers: fire_schedules (in the transaction that moves the next dates), send-now. Index: the unique ones of `runs`.
insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes,
                  is_sample, state, reason, skipped_count, wait_until, created_at, updated_at)
select w.value ->> 0, w.value ->> 1, w.value ->> 2, w.value ->> 3, w.value ->> 4, w.value ->> 5, w.value ->> 6, w.value ->> 7,
    w.value ->> 8, w.value ->> 9, w.value ->> 10, w.value ->> 11, w.value ->> 12, w.value ->> 13, $2, $2
from json_each($1) w
where true
order by w.key
on conflict do nothing
returning id, schedule, occurrence
