-- For each number and moment the first $3 calls of the number from that moment on, and all that began in the same
-- microsecond as the last of them. $1 project, $2 JSON list of [client, time in microseconds]. By: store/callbacks.
-- Index: calls_by_client.
select t.at as touched_at, t.client, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from (
    select (l->>0)::bigint as client, timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond' as at
    from jsonb_array_elements($2::jsonb) l
) t
cross join lateral (
    select max(f.started_at) as at from (
        select n.started_at from calls n
        where n.project = $1 and n.client = t.client and n.started_at >= t.at and n.direction in (0, 1, 2)
        order by n.started_at
        limit $3
    ) f
) last
join calls c
    on c.project = $1 and c.client = t.client and c.started_at >= t.at and c.started_at <= last.at
    and c.direction in (0, 1, 2)
