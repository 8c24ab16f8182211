-- Silences in force, or all ($1), oldest first. Callers: `silence`, `who`, housekeeping. Index: primary key; there are few.
select q.id, q.project, p.id as project_id, q.kind, q.contact, q.reason, q.actor, q.since, q.until, q.ended_at, q.ended_by
from silences q
left join projects p on p.key = q.project
where $1 or q.ended_at is null
order by q.id
