-- What earlier reports of the schedules of the runs $1 ([id, …]) told: each run's last one before it, and the one of the
-- period that it is compared with. Caller: build_reports. Index: primary key, runs_by_instant, runs_by_schedule.
select r.id as run, true as is_last, p.period_from, p.period_to, p.told_as_of, p.told
from jsonb_array_elements_text($1::jsonb) asked (value)
cross join lateral (select * from runs r where r.id = asked.value::bigint offset 0) r
join runs p on p.id = (
    select id from runs
    where schedule = r.schedule and state = 'built' and not is_sample and fires_at < r.fires_at
    order by fires_at desc
    limit 1
)
where p.told is not null and p.told_as_of is not null
union all
select r.id as run, false as is_last, p.period_from, p.period_to, p.told_as_of, p.told
from jsonb_array_elements_text($1::jsonb) asked (value)
cross join lateral (select * from runs r where r.id = asked.value::bigint offset 0) r
join runs p on p.id = (
    select id from runs
    where schedule = r.schedule and state = 'built' and not is_sample and fires_at < r.fires_at
      and period_from = r.compare_from and period_to = r.compare_to
    order by fires_at desc
    limit 1
)
where p.told is not null and p.told_as_of is not null
