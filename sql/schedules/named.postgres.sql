-- Schedules by their ids ($1: JSON list), unless retired; the zone is its own or its project's. Callers: building, commands.
-- Index: primary key.
select s.id, s.project as project_key, p.id as project, s.report, s.recipients, s.cadence,
       coalesce(s.zone, p.zone) as zone, s.zone as own_zone, s.starts, s.ends, s.paused, s.catch_up, s.max_late_sec,
       s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.version, s.settings, s.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from schedules s where s.id = w.wanted offset 0) s
cross join lateral (select * from projects p where p.key = s.project offset 0) p
where s.retired_at is null
