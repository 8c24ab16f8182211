-- Schedules that were retired, the latest first, or the one named, with who applied the file that did it.
-- Caller: explain. Index: none; a person's command, and there are few.
select s.id, s.project as project_key, p.id as project, s.report, s.recipients, s.cadence,
       coalesce(s.zone, p.zone) as zone, s.zone as own_zone, s.starts, s.ends, s.paused, s.catch_up, s.max_late_sec,
       s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.version, s.settings, s.applied_by,
       s.retired_at,
       (select a.actor from audit a where a.at = s.retired_at and a.action = 'apply' order by a.id desc limit 1) as retired_by
from schedules s
join projects p on p.key = s.project
where s.retired_at is not null and (cast($1 as text) is null or s.id = $1)
order by s.retired_at desc, s.id
limit 50
