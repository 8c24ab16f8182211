-- The parts of the calls of each span, packed as `calls.sqlite.sql` is.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: primary keys of both tables.
select
    s.value ->> 0 as span,
    group_concat(p.call) as call,
    group_concat(p.n) as n,
    group_concat(ifnull(p.agent, '')) as agent,
    group_concat(p.kind) as kind,
    group_concat(ifnull(p.ring_sec, '')) as ring_sec,
    group_concat(ifnull(p.talk_sec, '')) as talk_sec,
    group_concat(p.outcome) as outcome
from json_each($1) s
cross join calls c
    on c.project = s.value ->> 1
    and c.started_at >= s.value ->> 2
    and c.started_at < s.value ->> 3
cross join call_parts p on p.call = c.id
group by s.key
