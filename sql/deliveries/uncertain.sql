-- Deliveries whose outcome isn't known. Callers: housekeeping. Index: deliveries_in_flight.
select id, state, kind, handed_at from deliveries
where state = 'uncertain'
order by id limit $1
