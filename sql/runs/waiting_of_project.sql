-- Runs of a project ($1), and runs of others that wait for its sources too ($2: what their list then holds), that wait for
-- calls and weren't let go. Caller: whoever states a source's coverage, under the lock of
-- the project's intake. Index: runs_waiting.
select id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
from runs
where state = 'waiting_for_data' and (project = $1 or wait_for like $2) and wait_let_go is null
order by fires_at, id
