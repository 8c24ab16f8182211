-- Which numbers were dialled in the calls of a project, how often and when last. Caller: list unknown.
-- Index: calls by project and start.
select c.tracking as number, count(*) as calls, max(c.started_at) as last_at
from calls c
where c.project = $1 and c.tracking is not null
group by c.tracking
order by c.tracking
