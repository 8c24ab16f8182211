-- The calls of these numbers at these instants: the missed calls of entries.
-- $1: [[span, project, client, started at], …], microseconds. Caller: store::slices. Index: calls_by_client.
select
    (s.value ->> 0)::bigint as span,
    c.id, c.started_at, c.source, c.direction, c.status, c.client, c.tracking, c.agent, c.attribution, c.wait_sec,
    c.talk_sec, c.flags
from jsonb_array_elements($1::jsonb) s
join calls c
    on c.project = (s.value ->> 1)::bigint
    and c.client is not null
    and c.client = (s.value ->> 2)::bigint
    and c.started_at = timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
