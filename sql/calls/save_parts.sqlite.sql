-- Writes parts of calls. $1 JSON list of [call, n, agent, kind, start, ring, talk, outcome]. By: store/calls.
insert into call_parts (call, n, agent, kind, started_at, ring_sec, talk_sec, outcome)
select l.value->>0, l.value->>1, l.value->>2, l.value->>3, l.value->>4, l.value->>5, l.value->>6, l.value->>7
from json_each($1) l
