-- Keeps events; one that is there already stays. $1 source, $2 JSON list of [hash in hex, call id, time, body], $3 now.
-- By: store/call_events. Index: primary key.
insert into call_events (source, hash, call_id, at, received_at, body)
select $1, unhex(l.value->>0), l.value->>1, l.value->>2, $3, l.value->>3
from json_each($2) l
where true
on conflict (source, hash) do nothing
