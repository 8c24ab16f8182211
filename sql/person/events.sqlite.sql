-- Removes the kept events of some calls, and of those that were folded into them. $1 source, $2 JSON list of call ids.
-- By: store/person. Index: call_events_by_call, call_aliases_by_target, both named because the planner would read all of the source.
delete from call_events indexed by call_events_by_call
where source = $1 and call_id in (
    select value from json_each($2)
    union
    select a.call_id
    from json_each($2) l
    cross join call_aliases a indexed by call_aliases_by_target on a.source = $1 and a.into_call_id = l.value
)
