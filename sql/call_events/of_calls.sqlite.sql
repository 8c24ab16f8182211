-- The kept events of some calls. $1 source, $2 JSON list of call ids. By: store/call_events.
-- Index: call_events_by_call, named because the planner prefers the clustered key and would read the whole source.
select e.call_id, e.at, e.body
from json_each($2) l
cross join call_events e indexed by call_events_by_call on e.source = $1 and e.call_id = l.value
