-- Calls of a project whose last event came in before $2. $1 project, $3 how many. By: store/retention_of.
-- Index: primary key.
select e.source, e.call_id
from sources s
cross join call_events e
where s.project = $1 and e.source = s.id
group by e.source, e.call_id
having max(e.received_at) < $2
limit $3
