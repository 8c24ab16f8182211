-- The numbers listed for every project that isn't retired, or for the one of this number. Callers: apply, list, building.
-- Index: primary key.
select p.id as project, n.number, n.label, n.department, n.source, n.medium, n.campaign, n.ignored, n.applied_by
from listed_numbers n
join projects p on p.key = n.project
where p.retired_at is null and n.project >= coalesce(cast($1 as bigint), 0) and n.project <= coalesce(cast($1 as bigint), 9223372036854775807)
order by p.id, n.number
