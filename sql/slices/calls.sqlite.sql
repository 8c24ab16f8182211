-- The calls of each span, packed into one text a span: reading row by row is ten times slower. No order is promised, and
-- a span without calls gives no row. Every column that may be null is wrapped: one null would drop its whole call.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: primary key of calls.
select
    s.value ->> 0 as span,
    group_concat(
        c.id || ',' || c.started_at || ',' || c.source || ',' || c.direction || ',' || c.status || ','
            || ifnull(c.client, '') || ',' || ifnull(c.tracking, '') || ',' || ifnull(c.agent, '') || ','
            || ifnull(c.attribution, '') || ',' || ifnull(c.wait_sec, '') || ',' || ifnull(c.talk_sec, '') || ','
            || c.flags,
        ';'
    ) as packed
from json_each($1) s
cross join calls c
    on c.project = s.value ->> 1
    and c.started_at >= s.value ->> 2
    and c.started_at < s.value ->> 3
group by s.key
