-- The parts of the calls of each span, packed as `calls.sqlite.sql` is.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: primary keys of both tables.
select
    s.value ->> 0 as span,
    group_concat(
        p.call || ',' || p.n || ',' || ifnull(p.agent, '') || ',' || p.kind || ',' || ifnull(p.ring_sec, '') || ','
            || ifnull(p.talk_sec, '') || ',' || p.outcome,
        ';'
    ) as packed
from json_each($1) s
cross join calls c
    on c.project = s.value ->> 1
    and c.started_at >= s.value ->> 2
    and c.started_at < s.value ->> 3
cross join call_parts p on p.call = c.id
group by s.key
