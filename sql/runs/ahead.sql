-- Schedules that have fired for a time after $1, which no clock that is right has seen; the farthest first. Caller:
-- jobs/ahead. Index: runs_by_instant.
select s.id as schedule, max(r.fires_at) as fired, max(s.next_fire_at) as next
from schedules s
join runs r on r.schedule = s.id and r.fires_at > $1
where not r.is_sample and s.retired_at is null
group by s.id
order by fired desc
limit 5
