-- Entries beside some moments: of each number the last that began before the moment, and those that began from it to the
-- end of its span. $1 project, $2 JSON list of [client, moment, end or null: no end], microseconds. By: store/callbacks.
-- Index: primary key.
with spans as materialized (
    select
        (l->>0)::bigint as client,
        timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond' as since,
        coalesce(timestamptz 'epoch' + (l->>2)::bigint * interval '1 microsecond', 'infinity') as until
    from jsonb_array_elements($2::jsonb) l
)
select e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from (
    select s.client, (
        select max(b.opened_at) from callback_entries b
        where b.project = $1 and b.client = s.client and b.opened_at < s.since
    ) as opened_at
    from spans s
    union
    select b.client, b.opened_at
    from spans s
    join callback_entries b
        on b.project = $1 and b.client = s.client and b.opened_at >= s.since and b.opened_at <= s.until
) k
join callback_entries e on e.project = $1 and e.client = k.client and e.opened_at = k.opened_at
