-- The people listed for projects ($1: JSON list), unless those are retired. Callers: building, list. Index: primary key.
select p.key as project_key, p.id as project, a.id, a.name, a.team, a.keys, a.contact, a.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from listed_agents a where a.project = cast(w.wanted as bigint) offset 0) a
cross join lateral (select * from projects p where p.key = a.project offset 0) p
where p.retired_at is null
order by p.id, a.name, a.id
