-- Adds runs ($1: JSON list, in order; $2: now), of each unless its occurrence, or its instant, already has one; those that were added
-- come back. Callers: fire_schedules (in the transaction that moves the next dates), send-now. Index: the unique ones of `runs`.
insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes,
                  is_sample, state, reason, skipped_count, wait_until, created_at, updated_at)
select (w.item ->> 0)::bigint, w.item ->> 1, w.item ->> 2, timestamptz 'epoch' + (w.item ->> 3)::bigint * interval '1 microsecond',
    timestamptz 'epoch' + (w.item ->> 4)::bigint * interval '1 microsecond', timestamptz 'epoch' + (w.item ->> 5)::bigint * interval '1 microsecond',
    timestamptz 'epoch' + (w.item ->> 6)::bigint * interval '1 microsecond', timestamptz 'epoch' + (w.item ->> 7)::bigint * interval '1 microsecond',
    w.item ->> 8, (w.item ->> 9)::boolean, w.item ->> 10, w.item ->> 11, (w.item ->> 12)::bigint,
    timestamptz 'epoch' + (w.item ->> 13)::bigint * interval '1 microsecond', $2, $2
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
order by w.place
on conflict do nothing
returning id, schedule, occurrence
