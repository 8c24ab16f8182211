-- How many deliveries that were posted up to $1 still stand in the queue, now or for a later try; $2 narrows to one
-- schedule (null: all). Callers: tick, send-now, after they sent what could be sent.
-- Index: deliveries_by_patience, whose condition is repeated, because SQLite takes a partial index for nothing else.
select count(*) as count
from deliveries
where state in ('queued', 'held') and state = 'queued' and created_at <= $1
    and (cast($2 as text) is null or schedule = cast($2 as text))
