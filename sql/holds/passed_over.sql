-- Deliveries that wait under a hold of a project ($2; null: all) and a channel ($3; null: all) and were due before $1, so that a
-- release passes them over; when each was due is told as in deliveries/facts. Caller: notify::hold. Index: deliveries_by_patience,
-- whose condition is repeated, because SQLite takes a partial index for nothing else.
select d.id
from deliveries d
where d.state in ('queued', 'held') and d.generation = 1
    and (cast($2 as bigint) is null or d.project = $2) and (cast($3 as text) is null or d.channel = $3)
    and $1 > coalesce(
        (select r.fires_at from notices n join runs r on r.id = n.run where n.id = d.notice),
        case when d.tries = 0 then d.not_before else d.created_at end
    )
order by d.give_up_at
