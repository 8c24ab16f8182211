-- Removes up to $2 raw events that came in before $1, of calls that nothing was told about since.
-- Caller: forget. Index: call_events_by_age, call_events_by_call.
delete from call_events
where (source, hash) in (
    select e.source, e.hash from call_events e
    where e.received_at < $1
      and not exists (select 1 from call_events newer
                      where newer.source = e.source and newer.call_id = e.call_id and newer.received_at >= $1)
    order by e.received_at
    limit $2
)
returning source, call_id
