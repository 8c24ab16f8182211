-- Keeps what a worker has claimed and not handed over yet. Callers: the sending loop's heartbeat.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else.
update deliveries set lease_until = $2
where state in ('claimed', 'handed', 'refused', 'uncertain', 'held') and state = 'claimed' and lease_token = $1
