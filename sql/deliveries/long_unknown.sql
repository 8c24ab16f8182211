-- Deliveries whose outcome hasn't been known since before $1. Caller: housekeeping.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else.
select id, state, kind from deliveries
where state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
    and state = 'uncertain' and handed_at <= $1
order by id limit $2
