-- Deliveries that wait for a narrower variant. Callers: the job that makes it. Index: deliveries_unmade.
select d.id as delivery, d.notice, n.run, d.project, d.schedule, d.contact, d.address
from deliveries d
join notices n on n.id = d.notice
where d.state = 'queued' and d.variant is null and n.run is not null and d.project is not null and d.schedule is not null
order by d.id limit $1
