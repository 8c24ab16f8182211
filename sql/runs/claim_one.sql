-- Takes one run for building, whatever its release: one that is due, or that waited and was let go.
-- Caller: send-now. Index: primary key.
update runs
set state = 'building', lease_until = $2, lease_token = $3, tries = tries + 1, updated_at = $1
where id = $4 and (state = 'due' or (state = 'waiting_for_data' and wait_let_go is not null))
returning id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
