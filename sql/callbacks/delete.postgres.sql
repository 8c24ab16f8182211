-- Removes entries. $1 project, $2 JSON list of [client, opened in microseconds]. By: store/callbacks. Index: primary key.
delete from callback_entries e
using jsonb_array_elements($2::jsonb) l
where e.project = $1 and e.client = (l->>0)::bigint
    and e.opened_at = timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond'
