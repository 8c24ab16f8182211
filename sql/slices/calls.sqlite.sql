-- The calls of each span, each column packed into one text a span: reading row by row is ten times slower, and joining the columns
-- of a row here twice as slow. Calls come in no order that is promised, the same in each column; a span without calls gives no row.
-- Every column that may be null is wrapped: a null would be left out, and the columns wouldn't be of one length.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: primary key of calls.
select
    s.value ->> 0 as span,
    group_concat(c.id) as id,
    group_concat(c.started_at) as started_at,
    group_concat(c.source) as source,
    group_concat(c.direction) as direction,
    group_concat(c.status) as status,
    group_concat(ifnull(c.client, '')) as client,
    group_concat(ifnull(c.tracking, '')) as tracking,
    group_concat(ifnull(c.agent, '')) as agent,
    group_concat(ifnull(c.attribution, '')) as attribution,
    group_concat(ifnull(c.wait_sec, '')) as wait_sec,
    group_concat(ifnull(c.talk_sec, '')) as talk_sec,
    group_concat(c.flags) as flags
from json_each($1) s
cross join calls c
    on c.project = s.value ->> 1
    and c.started_at >= s.value ->> 2
    and c.started_at < s.value ->> 3
group by s.key
