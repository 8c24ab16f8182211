-- Occurrences of schedules that fired after an instant of each, samples aside. $1: JSON list of [id, microseconds]. Callers: apply,
-- for schedules whose zone changes; fire_schedules, for those that are due. Index: runs_by_instant.
select r.schedule, r.occurrence
from jsonb_array_elements($1::jsonb) asked (item)
cross join lateral (
    select * from runs r
    where r.schedule = asked.item ->> 0
      and r.fires_at > timestamptz 'epoch' + (asked.item ->> 1)::bigint * interval '1 microsecond'
    offset 0
) r
where not r.is_sample
