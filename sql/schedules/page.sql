-- The next schedules after an id ($1) that aren't retired, at most $2; the zone is its own or its project's. Caller: rebuilding next
-- dates. Index: primary key.
select s.id, s.project as project_key, p.id as project, s.report, s.recipients, s.cadence,
       coalesce(s.zone, p.zone) as zone, s.zone as own_zone, s.starts, s.ends, s.paused, s.catch_up, s.max_late_sec,
       s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.version, s.settings, s.applied_by
from schedules s
join projects p on p.key = s.project
where s.retired_at is null and s.id > $1
order by s.id
limit $2
