-- The people listed for every project that isn't retired, or for the one of this number. Callers: apply, list, building.
-- Index: primary key.
select p.id as project, a.id, a.name, a.team, a.keys, a.contact, a.applied_by
from listed_agents a
join projects p on p.key = a.project
where p.retired_at is null and a.project >= coalesce(cast($1 as bigint), 0) and a.project <= coalesce(cast($1 as bigint), 9223372036854775807)
order by p.id, a.name, a.id
