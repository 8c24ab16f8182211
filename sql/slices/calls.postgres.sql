-- The calls of each span.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: calls_by_start, which holds
-- every column read here.
select
    (s.value ->> 0)::bigint as span,
    c.id, c.started_at, c.source, c.direction, c.status, c.client, c.tracking, c.agent, c.attribution, c.wait_sec,
    c.talk_sec, c.flags
from jsonb_array_elements($1::jsonb) s
join calls c
    on c.project = (s.value ->> 1)::bigint
    and c.started_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
    and c.started_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
