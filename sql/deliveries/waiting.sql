-- Deliveries that were posted up to $1 and still stand in the queue: how many, how many of them only for a later try, and
-- when the first of those comes; and, counted apart, how many wait for the hour at which their readers hear of such things. $2 narrows to one schedule (null: all). Caller: tick, after it sent what could be sent.
-- Index: deliveries_by_patience, whose condition is repeated, because SQLite takes a partial index for nothing else.
select count(case when not_before <= $1 or reason <> 'posted' then 1 end) as total,
       count(case when not_before > $1 and reason <> 'posted' then 1 end) as later,
       min(case when not_before > $1 and reason <> 'posted' then not_before end) as next_at,
       count(case when not_before > $1 and reason = 'posted' then 1 end) as for_their_hour,
       min(case when not_before > $1 and reason = 'posted' then not_before end) as first_hour
from deliveries
where state in ('queued', 'held') and state = 'queued' and created_at <= $1
    and (cast($2 as text) is null or schedule = cast($2 as text))
