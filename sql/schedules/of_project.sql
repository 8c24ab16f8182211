-- A project's own schedules that aren't retired; the zone is theirs or the project's.
-- Callers: apply of a few projects, the API. Index: schedules_by_project.
select s.id, s.project as project_key, p.id as project, s.report, s.recipients, s.cadence,
       coalesce(s.zone, p.zone) as zone, s.zone as own_zone, s.starts, s.ends, s.paused, s.catch_up, s.max_late_sec,
       s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.version, s.settings, s.applied_by
from schedules s
join projects p on p.key = s.project
where s.project = $1 and s.retired_at is null
order by s.id
