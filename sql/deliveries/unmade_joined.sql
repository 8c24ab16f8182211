-- Joined warnings of which something is over, so that they wait to be made anew. Caller: the job that joins them.
-- Index: deliveries_unmade.
select d.id from deliveries d
where d.state = 'queued' and d.variant is null and d.kind = 'digest' and exists (select 1 from deliveries m where m.folded_into = d.id)
order by d.id limit $1
