-- What is told by a delivery's message as well ($1). Callers: the job that joins them, explain. Index: deliveries_folded.
select m.id, m.project, m.contact, m.channel, m.address, m.display_name, m.variant, m.priority, m.not_before, m.give_up_at,
    m.created_at,
    v.kind_of_reader, p.id as project_id
from deliveries m
join projects p on p.key = m.project
left join variants v on v.id = m.variant
where m.folded_into = $1
order by m.priority, m.id
