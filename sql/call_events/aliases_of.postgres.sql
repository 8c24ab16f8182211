-- What is folded into some calls, and what they are folded into. $1 source, $2 JSON list of call ids.
-- By: store/call_events. Index: primary key, call_aliases_by_target.
select a.call_id, a.into_call_id
from jsonb_array_elements_text($2::jsonb) l (value)
cross join lateral (select * from call_aliases a where a.source = $1 and a.call_id = l.value offset 0) a
union
select a.call_id, a.into_call_id
from jsonb_array_elements_text($2::jsonb) l (value)
cross join lateral (select * from call_aliases a where a.source = $1 and a.into_call_id = l.value offset 0) a
