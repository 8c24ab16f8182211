-- The stored records of some calls. $1 project, $2 source, $3 JSON list of call ids.
-- By: store/calls. Index: unique (project, source, call_id).
select d.id, d.call_id, d.version, d.evidence, d.record
from json_each($3) l
cross join call_details d on d.project = $1 and d.source = $2 and d.call_id = l.value
