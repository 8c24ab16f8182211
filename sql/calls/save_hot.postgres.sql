-- Writes the hot half of calls. $1 project, $2 source, $3 JSON list of [id, start, end, direction, status, client,
-- tracking, agent, attribution, wait, talk, flags]; times are microseconds. By: store/calls.
insert into calls (project, source, id, started_at, ended_at, direction, status, client, tracking, agent, attribution,
    wait_sec, talk_sec, flags)
select $1, $2, (l->>0)::bigint,
    timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond',
    timestamptz 'epoch' + (l->>2)::bigint * interval '1 microsecond',
    (l->>3)::bigint, (l->>4)::bigint, (l->>5)::bigint, (l->>6)::bigint, (l->>7)::bigint, (l->>8)::bigint,
    (l->>9)::bigint, (l->>10)::bigint, (l->>11)::bigint
from jsonb_array_elements($3::jsonb) l
