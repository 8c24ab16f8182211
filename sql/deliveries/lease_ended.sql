-- Deliveries whose worker didn't come back in time. Callers: housekeeping.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else.
select id, state, kind from deliveries
where state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
    and state in ('claimed', 'handed') and lease_until <= $1
order by id limit $2
