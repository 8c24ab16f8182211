-- The last entry of each caller that began by a moment. $1 project, $2 JSON list of [client, time]. By: store/callbacks.
-- Index: primary key.
select b.client, b.opened_at
from (
    select l.value->>0 as client, (
        select max(e.opened_at) from callback_entries e
        where e.project = $1 and e.client = l.value->>0 and e.opened_at <= l.value->>1
    ) as opened_at
    from json_each($2) l
) b
where b.opened_at is not null
