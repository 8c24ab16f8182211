-- Writes the hot half of calls. $1 project, $2 source, $3 JSON list of [id, start, end, direction, status, client,
-- tracking, agent, attribution, wait, talk, flags]. By: store/calls.
insert into calls (project, source, id, started_at, ended_at, direction, status, client, tracking, agent, attribution,
    wait_sec, talk_sec, flags)
select $1, $2, l.value->>0, l.value->>1, l.value->>2, l.value->>3, l.value->>4, l.value->>5, l.value->>6, l.value->>7,
    l.value->>8, l.value->>9, l.value->>10, l.value->>11
from json_each($3) l
