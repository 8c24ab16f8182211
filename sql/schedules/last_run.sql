-- The last firing that a schedule has a run for, and the last period (by its end) that was built, is about to be, or was
-- skipped as empty; samples aside. Callers: apply, fire_schedules, next. Index: runs_by_instant, runs_by_schedule.
select (select max(fires_at) from runs where schedule = $1 and not is_sample) as last_fired,
       last_run.period_from as last_from,
       last_run.period_to as last_end
from (select 1 as one) always
left join (
    select period_from, period_to from runs
    where schedule = $1 and not is_sample
      and (state in ('built', 'due', 'waiting_for_data', 'building') or (state = 'skipped' and reason = 'no_calls'))
    order by period_to desc, fires_at desc
    limit 1
) last_run on 1 = 1
