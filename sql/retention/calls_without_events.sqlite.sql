-- Records of calls whose events are gone, and of those that they were folded into, speak for themselves from now on.
-- $1 JSON list of [source, call id]. Caller: forget. Index: unique (project, source, call_id), call_aliases primary key.
with gone (source, call_id) as (select l.value->>0, l.value->>1 from json_each($1) l),
touched (source, call_id) as (
    select source, call_id from gone
    union
    select a.source, a.into_call_id from gone g join call_aliases a on a.source = g.source and a.call_id = g.call_id
)
update call_details
set evidence = json_remove(evidence, '$.n', '$.w'), version = version + 1
where id in (select d.id from touched t
             cross join sources s on s.id = t.source
             cross join call_details d on d.project = s.project and d.source = s.id and d.call_id = t.call_id)
  and json_extract(evidence, '$.n') is not null
