-- Entries beside some moments: of each number the last that began before the moment, and those that began from it to the
-- end of its span. $1 project, $2 JSON list of [client, moment, end or null: no end]. By: store/callbacks.
-- Index: primary key.
select e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from (
    select l.value->>0 as client, (
        select max(b.opened_at) from callback_entries b
        where b.project = $1 and b.client = l.value->>0 and b.opened_at < l.value->>1
    ) as opened_at
    from json_each($2) l
    union
    select b.client, b.opened_at
    from json_each($2) l
    cross join callback_entries b
        on b.project = $1 and b.client = l.value->>0 and b.opened_at >= l.value->>1
        and b.opened_at <= coalesce(l.value->>2, 9223372036854775807)
) k
cross join callback_entries e on e.project = $1 and e.client = k.client and e.opened_at = k.opened_at
