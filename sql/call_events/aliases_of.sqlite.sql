-- What is folded into some calls, and what they are folded into. $1 source, $2 JSON list of call ids.
-- By: store/call_events. Index: primary key, call_aliases_by_target.
select a.call_id, a.into_call_id
from json_each($2) l
cross join call_aliases a on a.source = $1 and a.call_id = l.value
union
select a.call_id, a.into_call_id
from json_each($2) l
cross join call_aliases a indexed by call_aliases_by_target on a.source = $1 and a.into_call_id = l.value
