-- For each number and moment the first $3 calls of the number from that moment on, and all that began in the same
-- microsecond as the last of them. $1 project, $2 JSON list of [client, time]. By: store/callbacks.
-- Index: calls_by_client, named because the planner prefers the clustered key and would read the whole project.
select
    l.value->>1 as touched_at, l.value->>0 as client, c.started_at, c.direction, c.status, c.tracking, c.wait_sec, c.talk_sec
from json_each($2) l
cross join calls c indexed by calls_by_client
    on c.project = $1 and c.client = l.value->>0 and c.started_at >= l.value->>1 and c.direction in (0, 1, 2)
    and c.started_at <= (
        select max(f.started_at) from (
            select n.started_at from calls n indexed by calls_by_client
            where n.project = $1 and n.client = l.value->>0 and n.started_at >= l.value->>1 and n.direction in (0, 1, 2)
            order by n.started_at
            limit $3
        ) f
    )
