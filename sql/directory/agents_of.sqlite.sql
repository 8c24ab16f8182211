-- The people listed for projects ($1: JSON list), unless those are retired. Callers: building, list. Index: primary key.
select p.key as project_key, p.id as project, a.id, a.name, a.team, a.keys, a.contact, a.applied_by
from json_each($1) w
cross join listed_agents a on a.project = w.value
join projects p on p.key = a.project
where p.retired_at is null
order by p.id, a.name, a.id
