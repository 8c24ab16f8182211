-- The last firing that a schedule has a run for, and the end of the last period that was built, is about to be, or was
-- skipped as empty; samples aside. Callers: apply, fire_schedules. Index: runs_by_instant, runs_by_schedule.
select (select max(fires_at) from runs where schedule = $1 and not is_sample) as last_fired,
       (select max(period_to) from runs
        where schedule = $1 and not is_sample
          and (state in ('built', 'due', 'waiting_for_data', 'building') or (state = 'skipped' and reason = 'no_calls'))) as last_end
