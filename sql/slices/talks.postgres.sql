-- Answered calls in that are long enough for a target call or marked as one, of some callers in spans of their own.
-- $1: [[span, project, client, from, to, seconds], …], times in microseconds, half-open. Caller: store::slices.
-- Index: calls_by_client.
select (s.value ->> 0)::bigint as span, c.client, c.started_at, c.id, c.talk_sec, c.flags
from jsonb_array_elements($1::jsonb) s
join calls c
    on c.project = (s.value ->> 1)::bigint
    and c.client = (s.value ->> 2)::bigint
    and c.started_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
    and c.started_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 4)::bigint
    and c.direction = 0
    and c.status = 0
    and (c.talk_sec >= (s.value ->> 5)::bigint or c.flags & 2 = 2)
