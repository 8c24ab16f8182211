-- The first kept call, of whatever kind, of everybody who called in, or asked to be called, within each span, and of some
-- more callers.
-- $1: [[span, project, from, to], …], microseconds, half-open. $2: [[span, project, client], …]. Caller: store::slices.
-- Index: calls_by_start for the spans, calls_by_client (one step each) for the first calls.
select d.span, d.client, f.started_at
from (
    select (s.value ->> 0)::bigint as span, (s.value ->> 1)::bigint as project, c.client
    from jsonb_array_elements($1::jsonb) s
    join calls c
        on c.project = (s.value ->> 1)::bigint
        and c.started_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
        and c.started_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
    where c.direction in (0, 2) and c.client is not null
    union
    select (w.value ->> 0)::bigint, (w.value ->> 1)::bigint, (w.value ->> 2)::bigint
    from jsonb_array_elements($2::jsonb) w
) d
cross join lateral (
    select c.started_at from calls c
    where c.project = d.project and c.client = d.client
    order by c.started_at
    limit 1
) f
