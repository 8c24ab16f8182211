-- Records of calls whose events are gone, and of those that they were folded into, speak for themselves from now on.
-- $1 JSON list of [source, call id]. Caller: forget. Index: unique (project, source, call_id), call_aliases primary key.
with gone (source, call_id) as (
    select cast(l.value->>0 as bigint), l.value->>1 from jsonb_array_elements(cast($1 as jsonb)) l (value)
),
touched (source, call_id) as (
    select source, call_id from gone
    union
    select a.source, a.into_call_id from gone g join call_aliases a on a.source = g.source and a.call_id = g.call_id
)
update call_details
set evidence = cast(cast(evidence as jsonb) - 'n' - 'w' as text), version = version + 1
where id in (select d.id from touched t
             join sources s on s.id = t.source
             join call_details d on d.project = s.project and d.source = s.id and d.call_id = t.call_id)
  and jsonb_exists(cast(evidence as jsonb), 'n')
