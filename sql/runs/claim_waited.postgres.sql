-- Takes up to $4 runs that have waited enough for building until $2 under the token $3: those that were let go, and those
-- that aren't held and whose time is up. Caller: build_reports. Index: runs_wait_ends.
update runs
set state = 'building', lease_until = $2, lease_token = $3, tries = tries + 1, updated_at = $1
where id in (select id from runs
             where state = 'waiting_for_data' and wait_until <= $1 and (wait_let_go is not null or not wait_holds)
             order by wait_until, fires_at, id
             limit $4
             for update skip locked)
returning id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
