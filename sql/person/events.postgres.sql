-- Removes the kept events of some calls, and of those that were folded into them. $1 source, $2 JSON list of call ids.
-- By: store/person. Index: call_events_by_call, call_aliases_by_target.
delete from call_events
where source = $1 and call_id in (
    select l.value from jsonb_array_elements_text($2::jsonb) l (value)
    union
    select a.call_id
    from jsonb_array_elements_text($2::jsonb) l (value)
    cross join lateral (select * from call_aliases a where a.source = $1 and a.into_call_id = l.value offset 0) a
)
