-- How many deliveries stand in each state that isn't final. Caller: the status page. Index: deliveries_to_send,
-- deliveries_in_flight.
select state, count(*) as count
from deliveries
where state in ('queued', 'claimed', 'held', 'handed', 'refused', 'uncertain')
group by state
order by state
