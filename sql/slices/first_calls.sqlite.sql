-- The first kept call, of whatever kind, of everybody who called in, or asked to be called, within each span, and of some
-- more callers; packed as `calls.sqlite.sql` is.
-- $1: [[span, project, from, to], …], microseconds, half-open. $2: [[span, project, client], …]. Caller: store::slices.
-- Index: primary key of calls for the spans, calls_by_client (one step each) for the first calls.
select f.span, group_concat(f.client) as client, group_concat(f.first) as first
from (
    select d.span, d.client, (
        select min(c.started_at) from calls c indexed by calls_by_client
        where c.project = d.project and c.client = d.client
    ) as first
    from (
        select s.value ->> 0 as span, s.value ->> 1 as project, c.client
        from json_each($1) s
        cross join calls c
            on c.project = s.value ->> 1
            and c.started_at >= s.value ->> 2
            and c.started_at < s.value ->> 3
        where c.direction in (0, 2) and c.client is not null
        union
        select w.value ->> 0, w.value ->> 1, w.value ->> 2
        from json_each($2) w
    ) d
) f
where f.first is not null
group by f.span
