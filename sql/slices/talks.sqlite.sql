-- Answered calls in that are long enough for a target call or marked as one, of some callers in spans of their own, packed
-- as `calls.sqlite.sql` is.
-- $1: [[span, project, client, from, to, seconds], …], times in microseconds, half-open. Caller: store::slices.
-- Index: calls_by_client, named because the planner prefers the clustered key and would read the whole project.
select
    s.value ->> 0 as span,
    group_concat(c.client) as client,
    group_concat(c.started_at) as started_at,
    group_concat(c.id) as id,
    group_concat(ifnull(c.talk_sec, '')) as talk_sec,
    group_concat(c.flags) as flags
from json_each($1) s
cross join calls c indexed by calls_by_client
    on c.project = s.value ->> 1
    and c.client = s.value ->> 2
    and c.started_at >= s.value ->> 3
    and c.started_at < s.value ->> 4
    and c.direction = 0
    and c.status = 0
    and (c.talk_sec >= s.value ->> 5 or c.flags & 2 = 2)
group by s.value ->> 0
