-- The calls of some callers from a moment on. $1 project, $2 JSON list of [client, time in microseconds].
-- By: store/callbacks. Index: calls_by_client.
select c.client, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from jsonb_array_elements($2::jsonb) l
join calls c on c.project = $1 and c.client = (l->>0)::bigint
    and c.started_at >= timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond'
    and c.direction in (0, 1, 2)
