-- Deliveries whose worker didn't come back in time. Callers: housekeeping. Index: deliveries_in_flight.
select id, state, kind from deliveries
where state in ('claimed', 'handed') and lease_until <= $1
order by id limit $2
