-- The kept events of some calls. $1 source, $2 JSON list of call ids. By: store/call_events.
-- Index: call_events_by_call.
select e.call_id, e.at, e.body
from jsonb_array_elements_text($2::jsonb) l (value)
cross join lateral (select * from call_events e where e.source = $1 and e.call_id = l.value offset 0) e
