-- Deliveries whose outcome hasn't been known since before $1. Caller: housekeeping. Index: deliveries_in_flight.
select id, state, kind from deliveries
where state = 'uncertain' and handed_at <= $1
order by id limit $2
