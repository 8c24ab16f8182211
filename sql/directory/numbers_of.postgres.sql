-- The numbers listed for projects ($1: JSON list), unless those are retired. Callers: building, list. Index: primary key.
select p.key as project_key, p.id as project, n.number, n.label, n.department, n.source, n.medium, n.campaign, n.ignored, n.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from listed_numbers n where n.project = cast(w.wanted as bigint) offset 0) n
cross join lateral (select * from projects p where p.key = n.project offset 0) p
where p.retired_at is null
order by p.id, n.number
