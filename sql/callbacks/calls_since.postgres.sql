-- The calls from which some callers' entries follow, each caller's from the entry on that its first changed call falls
-- into or comes after. $1 project, $2 JSON list of [client, time in microseconds]. By: store/callbacks.
-- Index: primary key of callback_entries, calls_by_client.
with changed as (
    select (l->>0)::bigint as client,
        timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond' as first_changed
    from jsonb_array_elements($2::jsonb) l
),
begun as materialized (
    select client, coalesce((
        select max(e.opened_at) from callback_entries e
        where e.project = $1 and e.client = changed.client and e.opened_at <= changed.first_changed
    ), first_changed) as since
    from changed
)
select b.client, b.since, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from begun b
left join calls c on c.project = $1 and c.client = b.client and c.started_at >= b.since and c.direction in (0, 1, 2)
