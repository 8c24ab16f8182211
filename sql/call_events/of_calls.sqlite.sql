-- The kept events of some calls. $1 source, $2 JSON list of call ids. By: store/call_events.
-- Index: call_events_by_call.
select e.call_id, e.at, e.body
from json_each($2) l
cross join call_events e on e.source = $1 and e.call_id = l.value
