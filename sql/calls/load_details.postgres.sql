-- The stored records of some calls. $1 project, $2 source, $3 JSON list of call ids.
-- By: store/calls. Index: unique (project, source, call_id).
select d.id, d.call_id, d.version, d.evidence, d.record
from jsonb_array_elements_text($3::jsonb) l (value)
cross join lateral (select * from call_details d where d.project = $1 and d.source = $2 and d.call_id = l.value offset 0) d
