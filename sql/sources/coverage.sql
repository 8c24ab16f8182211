-- Every source of a project with its spans. $1 project. By: store/sources. Index: unique (project, name).
select s.id, s.name, s.kind, s.last_event_at, c.covers_from, c.covers_to
from sources s
left join source_coverage c on c.source = s.id
where s.project = $1
order by s.name, c.covers_from, c.covers_to
