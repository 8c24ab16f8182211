-- The kept events of some calls. $1 source, $2 JSON list of call ids. By: store/call_events.
-- Index: call_events_by_call.
select e.call_id, e.at, e.body
from jsonb_array_elements_text($2::jsonb) l (value)
join call_events e on e.source = $1 and e.call_id = l.value
