-- The people listed for every project that isn't retired. Callers: apply, list. Index: primary key.
select p.key as project_key, p.id as project, a.id, a.name, a.team, a.keys, a.contact, a.applied_by
from listed_agents a
join projects p on p.key = a.project
where p.retired_at is null
order by p.id, a.name, a.id
