-- Takes up to $4 due runs for building until $2 under the token $3, the longest due first; runs of a backlog wait for
-- their release. Caller: build_reports.
-- Index: runs_open, whose condition is repeated, because SQLite takes a partial index for nothing else.
update runs
set state = 'building', lease_until = $2, lease_token = $3, tries = tries + 1, updated_at = $1
where id in (select id from runs
             where state in ('due', 'waiting_for_data', 'building') and state = 'due'
               and (wait_until is null or wait_until <= $1)
             order by fires_at, id
             limit $4)
returning id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
