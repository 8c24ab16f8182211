-- Which agents the calls of a project name from $2 up to $3, in how many calls and when last: of all agents, or of $4 only.
-- Caller: list unknown. Index: calls by project and start, primary key of call_parts.
select a.id, a.key, a.name, count(*) as calls, max(t.started_at) as last_at
from (
    select c.agent, c.id, c.started_at
    from calls c
    where c.project = $1 and c.agent is not null and c.started_at >= $2 and c.started_at < $3
    union
    select p.agent, c.id, c.started_at
    from calls c
    join call_parts p on p.call = c.id
    where c.project = $1 and p.agent is not null and c.started_at >= $2 and c.started_at < $3
) t
join agents a on a.id = t.agent
where cast($4 as bigint) is null or t.agent = $4
group by a.id, a.key, a.name
order by a.key
