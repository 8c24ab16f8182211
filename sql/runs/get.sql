-- One run. Callers: build_reports (a narrower variant), explain. Index: primary key.
select id, project, schedule, occurrence, fires_at, period_from, period_to, compare_from, compare_to, notes, is_sample,
          state, reason, skipped_count, tries, created_at, built_at, wait_until, wait_began_at, wait_for, wait_holds,
          wait_let_go, wait_told_at
from runs
where id = $1
