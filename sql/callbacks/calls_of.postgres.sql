-- All calls of some callers. $1 project, $2 JSON list of numbers. By: store/callbacks. Index: calls_by_client.
select c.client, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from jsonb_array_elements($2::jsonb) l
join calls c on c.project = $1 and c.client = (l #>> '{}')::bigint and c.direction in (0, 1, 2)
