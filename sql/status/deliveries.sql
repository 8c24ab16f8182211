-- How many deliveries stand in each state that isn't final. Caller: the status page.
-- Index: deliveries_by_patience, deliveries_in_flight, whose conditions are repeated, because SQLite takes a partial index
-- for nothing else.
select state, count(*) as count
from deliveries
where state in ('queued', 'held') and state = 'queued'
group by state
union all
select state, count(*) as count
from deliveries
where state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
group by state
order by state
