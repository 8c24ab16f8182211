-- Adds a run unless its occurrence, or its instant, already has one; gives the new row's id or nothing.
-- Callers: fire_schedules (in the transaction that moves the next date), send-now. Index: the unique ones of `runs`.
insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes,
                  is_sample, state, reason, skipped_count, wait_until, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
on conflict do nothing
returning id
