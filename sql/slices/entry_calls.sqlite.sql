-- The calls of these numbers at these instants, packed as `calls.sqlite.sql` is: the missed calls of entries.
-- $1: [[span, project, client, started at], …], microseconds. Caller: store::slices. Index: primary key of calls.
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
    and c.client is not null
    and c.client = s.value ->> 2
    and c.started_at = s.value ->> 3
group by s.value ->> 0
