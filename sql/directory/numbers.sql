-- The numbers listed for every project that isn't retired. Callers: apply, list. Index: primary key.
select p.key as project_key, p.id as project, n.number, n.label, n.department, n.source, n.medium, n.campaign, n.ignored, n.applied_by
from listed_numbers n
join projects p on p.key = n.project
where p.retired_at is null
order by p.id, n.number
