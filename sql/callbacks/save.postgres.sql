-- Writes entries. $1 project, $2 JSON list of [client, opened, closed, closed by, tracking, missed, attempts, usual];
-- times are microseconds. By: store/callbacks.
insert into callback_entries (project, client, opened_at, closed_at, closed_by, tracking, missed, attempts, usual)
select $1, (l->>0)::bigint, timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond',
    timestamptz 'epoch' + (l->>2)::bigint * interval '1 microsecond', (l->>3)::bigint, (l->>4)::bigint, l->>5, l->>6,
    (l->>7)::boolean
from jsonb_array_elements($2::jsonb) l
