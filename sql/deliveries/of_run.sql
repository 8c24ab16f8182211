-- Where each delivery of a run's notice stands ($1: run), without those that somebody asked for again. Caller: send-now.
-- Index: notices.run, deliveries_by_notice.
select d.id, d.reference, d.state, d.reason, d.handed_at, d.lease_until
from deliveries d
join notices n on n.id = d.notice
where n.run = $1 and d.generation = 1
order by d.id
