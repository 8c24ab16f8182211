-- The first kept call, of whatever kind, of everybody who called in within each span, packed as `calls.sqlite.sql` is.
-- $1: [[span, project, from, to], …], microseconds, half-open. Caller: store::slices. Index: primary key of calls for the
-- spans, calls_by_client (one step each) for the first calls.
select
    d.span,
    group_concat(
        d.client || ',' || (
            select min(f.started_at) from calls f indexed by calls_by_client
            where f.project = d.project and f.client = d.client
        ),
        ';'
    ) as packed
from (
    select distinct s.value ->> 0 as span, s.value ->> 1 as project, c.client
    from json_each($1) s
    cross join calls c
        on c.project = s.value ->> 1
        and c.started_at >= s.value ->> 2
        and c.started_at < s.value ->> 3
    where c.direction = 0 and c.client is not null
) d
group by d.span
