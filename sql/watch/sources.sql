-- Sources that may be expected to tell something, with the end of what they told. Caller: the watch. Index: primary keys; there
-- are a few a project.
select s.id, s.project, s.name, coalesce(max(c.covers_to), s.last_event_at) as told_until
from sources s
join projects p on p.key = s.project and p.retired_at is null
left join source_coverage c on c.source = s.id
where not exists (select 1 from standings t where t.project = s.project and t.status = 'archived')
group by s.id, s.project, s.name, s.kind, s.last_event_at
having max(c.covers_to) is not null or s.kind <> 'imported'
