-- Keeps which call was folded into which. $1 source, $2 JSON list of [call id, into]. By: store/call_events.
-- Index: primary key.
insert into call_aliases (source, call_id, into_call_id)
select $1, l.value->>0, l.value->>1
from json_each($2) l
where true
on conflict (source, call_id, into_call_id) do nothing
