-- The same as `last_run` for all schedules of $1 ([id, …]) at once. Callers: apply, fire_schedules, rebuilding next dates.
-- Index: runs_by_instant, runs_by_schedule.
select asked.value as schedule,
       (select max(fires_at) from runs where schedule = asked.value and not is_sample) as last_fired,
       last_run.period_from as last_from,
       last_run.period_to as last_end
from json_each($1) asked
left join runs last_run on last_run.id = (
    select id from runs
    where schedule = asked.value and not is_sample
      and (state in ('built', 'due', 'waiting_for_data', 'building') or (state = 'skipped' and reason = 'no_calls'))
    order by period_to desc, fires_at desc
    limit 1
)
