-- Deliveries whose refusal isn't decided. `was_held`: it went back to the queue before because many got the same refusal,
-- and the lane has taken others since; `lane_is_held`: it is held for this very refusal. What is compared is
-- `notify::settle::held_words`. Caller: housekeeping.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else; ledger_by_delivery.
select d.id, d.project, d.kind, d.schedule, d.occurrence, d.reference, d.channel, d.address, coalesce(d.lane, '') as lane,
    coalesce(d.code, '') as code, coalesce(d.reply, '') as reply, d.updated_at as refused_at, l.shut_until,
    coalesce(l.held_reason = 'many addresses were refused with ' || d.code and l.shut_until > d.updated_at, false) as lane_is_held,
    l.held_reason is null and exists (
        select 1 from ledger e
        where e.delivery = d.id and e.reason = 'lane_held' and e.detail = 'many addresses were refused with ' || d.code
    ) as was_held
from deliveries d
left join lanes l on l.id = d.lane
where d.state in ('claimed', 'handed', 'refused', 'uncertain', 'held') and d.state = 'refused'
order by d.id limit $1
