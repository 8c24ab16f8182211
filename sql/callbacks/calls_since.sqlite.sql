-- The calls from which some callers' entries follow, each caller's from the entry on that its first changed call falls
-- into or comes after. $1 project, $2 JSON list of [client, time]. By: store/callbacks.
-- Index: primary key of callback_entries, calls_by_client.
with changed as (
    select l.value->>0 as client, l.value->>1 as first_changed from json_each($2) l
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
