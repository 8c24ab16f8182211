-- Runs that are held for missing calls and whose time is up at $1, at most $2: their owner is told, or they are given up.
-- Caller: wait_for_data. Index: runs_wait_ends.
select id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
from runs
where state = 'waiting_for_data' and wait_until <= $1 and wait_let_go is null and wait_holds
order by wait_until, id
limit $2
