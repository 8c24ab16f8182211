-- Keeps events; one that is there already stays. $1 source, $2 JSON list of [hash in hex, call id, time in microseconds,
-- body], $3 now. By: store/call_events. Index: primary key.
insert into call_events (source, hash, call_id, at, received_at, body)
select $1, decode(l->>0, 'hex'), l->>1, timestamptz 'epoch' + (l->>2)::bigint * interval '1 microsecond', $3, l->>3
from jsonb_array_elements($2::jsonb) l
on conflict (source, hash) do nothing
