-- Keeps what a worker has claimed and not handed over yet. Callers: the sending loop's heartbeat.
-- Index: deliveries_in_flight.
update deliveries set lease_until = $2 where state = 'claimed' and lease_token = $1
