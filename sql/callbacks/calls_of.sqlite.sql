-- All calls of some callers. $1 project, $2 JSON list of numbers. By: store/callbacks.
-- Index: calls_by_client, named because the planner prefers the clustered key and would read the whole project.
select c.client, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from json_each($2) l
cross join calls c indexed by calls_by_client on c.project = $1 and c.client = l.value and c.direction in (0, 1, 2)
