-- The parts of the calls of each span.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: calls_by_start, primary key
-- of call_parts.
select (s.value ->> 0)::bigint as span, p.call, p.n, p.agent, p.kind, p.ring_sec, p.talk_sec, p.outcome
from jsonb_array_elements($1::jsonb) s
join calls c
    on c.project = (s.value ->> 1)::bigint
    and c.started_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
    and c.started_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
join call_parts p on p.call = c.id
