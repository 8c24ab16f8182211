-- The last entry of each caller that began by a moment. $1 project, $2 JSON list of [client, time in microseconds].
-- By: store/callbacks. Index: primary key.
select b.client, b.opened_at
from (
    select (l->>0)::bigint as client, (
        select max(e.opened_at) from callback_entries e
        where e.project = $1 and e.client = (l->>0)::bigint
            and e.opened_at <= timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond'
    ) as opened_at
    from jsonb_array_elements($2::jsonb) l
) b
where b.opened_at is not null
