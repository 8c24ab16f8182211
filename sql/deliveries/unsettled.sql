-- Deliveries that some process sends just now, and those of which nobody knows whether a relay took them; $1 at most.
-- Caller: tick, at its end.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else.
select id, reference, state, reason, handed_at, lease_until from deliveries
where state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
    and state in ('claimed', 'handed', 'uncertain')
order by id limit $1
