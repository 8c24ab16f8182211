-- What only filters ask about these calls: queue, department, tags, and how long the call was.
-- $1: [id, …]. Caller: store::slices. Index: primary key of call_details, unique id of calls.
select d.id,
    r.record ->> 'queue' as queue,
    r.record ->> 'department' as department,
    r.record ->> 'tags' as tags,
    cast(r.record ->> 'duration_sec' as bigint) as duration_sec,
    c.started_at,
    c.ended_at
from jsonb_array_elements_text($1::jsonb) item (id)
join call_details d on d.id = cast(item.id as bigint)
join calls c on c.id = d.id
cross join lateral (select d.record::jsonb as record offset 0) r
