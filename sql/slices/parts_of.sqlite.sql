-- The parts of these calls, packed as `calls.sqlite.sql` is.
-- $1: [[span, call], …]. Caller: store::slices. Index: primary key of call_parts.
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
cross join call_parts p on p.call = s.value ->> 1
group by s.value ->> 0
