-- The first kept call, of whatever kind, of everybody who called in within each span.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: calls_by_start for the spans,
-- calls_by_client (one step each) for the first calls.
select d.span, d.client, f.started_at
from (
    select distinct (s.value ->> 0)::bigint as span, (s.value ->> 1)::bigint as project, c.client
    from jsonb_array_elements($1::jsonb) s
    join calls c
        on c.project = (s.value ->> 1)::bigint
        and c.started_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
        and c.started_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
    where c.direction = 0 and c.client is not null
) d
cross join lateral (
    select c.started_at from calls c
    where c.project = d.project and c.client = d.client
    order by c.started_at
    limit 1
) f
