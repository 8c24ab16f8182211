-- When the next delivery that waits for a morning, or for the end of somebody's rest, may go. Callers: the demo's clock.
-- Index: deliveries_by_patience, which holds what waits.
select min(not_before) as at from deliveries
where state in ('queued', 'held') and give_up_at > $1 and not_before > $1
