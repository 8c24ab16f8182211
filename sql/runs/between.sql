-- Runs of a schedule that fell due in [$2, $3), and ranges of passed-over ones that reach into it, oldest first.
-- Caller: explain. Index: runs_by_schedule.
select id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
from runs
where schedule = $1 and fires_at >= $2
    and (fires_at < $3 or (state = 'skipped' and skipped_count > 1 and period_from < $3))
order by fires_at, id
