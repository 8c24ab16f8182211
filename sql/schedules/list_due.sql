-- Schedules whose next date has come ($1: now), the longest due first, at most $2. Caller: fire_schedules.
-- Index: schedules_due.
select s.id, s.project as project_key, p.id as project, s.report, s.recipients, s.cadence,
       coalesce(s.zone, p.zone) as zone, s.zone as own_zone, s.starts, s.ends, s.paused, s.catch_up, s.max_late_sec,
       s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.version, s.settings, s.applied_by
from schedules s
join projects p on p.key = s.project
where s.next_fire_at is not null and s.retired_at is null and s.next_fire_at <= $1
order by s.next_fire_at, s.id
limit $2
