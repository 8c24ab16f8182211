-- Warnings that wait for their reader's morning and go by $1, the most urgent first, at most $2.
-- Caller: the job that joins them. Index: deliveries_to_join, whose condition is repeated, because SQLite takes a partial
-- index for nothing else.
select d.id, d.project, d.contact, d.channel, d.address, d.display_name, d.variant, d.priority, d.not_before, d.give_up_at,
    d.created_at,
    v.kind_of_reader, v.subject, d.kind, d.reason, p.id as project_id, cast(null as boolean) as is_open
from deliveries d
join projects p on p.key = d.project
left join variants v on v.id = d.variant
where d.state = 'queued' and d.joins and d.not_before <= $1
order by d.priority, d.id
limit $2
