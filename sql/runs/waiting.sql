-- Runs that wait for calls, the longest due first, of one schedule ($1) or of all; at most $2.
-- Callers: the status page, list, send-now. Index: runs_waiting.
select id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
from runs
where state = 'waiting_for_data' and (cast($1 as text) is null or schedule = $1)
order by fires_at, id
limit $2
