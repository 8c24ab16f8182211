-- Writes parts of calls. $1 JSON list of [call, n, agent, kind, start, ring, talk, outcome]; times are microseconds.
-- By: store/calls.
insert into call_parts (call, n, agent, kind, started_at, ring_sec, talk_sec, outcome)
select (l->>0)::bigint, (l->>1)::bigint, (l->>2)::bigint, (l->>3)::bigint,
    timestamptz 'epoch' + (l->>4)::bigint * interval '1 microsecond',
    (l->>5)::bigint, (l->>6)::bigint, (l->>7)::bigint
from jsonb_array_elements($1::jsonb) l
