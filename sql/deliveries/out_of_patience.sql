-- Deliveries that waited as long as they may. Callers: housekeeping. Index: deliveries_by_patience.
select id, state, kind from deliveries
where state in ('queued', 'held') and give_up_at <= $1
order by give_up_at limit $2
