-- Every source of projects ($1: JSON list) with its spans. By: store/sources. Index: unique (project, name).
select s.project, s.id, s.name, s.kind, s.last_event_at, c.covers_from, c.covers_to
from jsonb_array_elements_text($1::jsonb) w (project)
join sources s on s.project = w.project::bigint
left join source_coverage c on c.source = s.id
order by s.project, s.name, c.covers_from, c.covers_to
