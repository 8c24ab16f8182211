-- Takes one due run for building, whatever its release. Caller: send-now. Index: primary key.
update runs
set state = 'building', lease_until = $2, lease_token = $3, tries = tries + 1, updated_at = $1
where id = $4 and state = 'due'
returning id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at
