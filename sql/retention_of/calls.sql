-- Calls of a project that came in before $2 and began before $3. $1 project, $4 how many. By: store/retention_of.
-- Index: unique (project, source, call_id), calls.id (unique).
select d.id
from call_details d
left join calls c on c.id = d.id
where d.project = $1 and d.first_seen_at < $2 and coalesce(c.started_at, d.first_seen_at) < $3
limit $4
