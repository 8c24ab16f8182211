-- The parts of these calls, packed as `calls.sqlite.sql` is.
-- $1: [[span, call], …]. Caller: store::slices. Index: primary key of call_parts.
select
    s.value ->> 0 as span,
    group_concat(
        p.call || ',' || p.n || ',' || ifnull(p.agent, '') || ',' || p.kind || ',' || ifnull(p.ring_sec, '') || ','
            || ifnull(p.talk_sec, '') || ',' || p.outcome,
        ';'
    ) as packed
from json_each($1) s
cross join call_parts p on p.call = s.value ->> 1
group by s.value ->> 0
