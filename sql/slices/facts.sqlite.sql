-- What only filters ask about these calls: queue, department, tags, and how long the call was.
-- $1: [id, …]. Caller: store::slices. Index: primary key of call_details, unique id of calls.
select d.id,
    json_extract(d.record, '$.queue') as queue,
    json_extract(d.record, '$.department') as department,
    json_extract(d.record, '$.tags') as tags,
    json_extract(d.record, '$.duration_sec') as duration_sec,
    c.started_at,
    c.ended_at
from json_each($1) item
join call_details d on d.id = item.value
join calls c on c.id = d.id
