-- What is told by a delivery's message as well ($1). Callers: the job that joins them, explain. Index: deliveries_folded.
select m.id, m.project, m.contact, m.channel, m.address, m.display_name, m.variant, m.priority, m.not_before, m.give_up_at,
    m.created_at,
    v.kind_of_reader, v.subject, m.kind, m.reason, p.id as project_id,
    case when l.level is null or l.level = 'recovered' then null
        when e.is_open and e.number = l.episode then true else false end as is_open
from deliveries m
join projects p on p.key = m.project
left join variants v on v.id = m.variant
left join episode_levels l on l.project = m.project and l.notice = m.notice
left join episodes e on e.project = l.project and e.balance = l.balance and e.rule = l.rule
where m.folded_into = $1
order by m.priority, m.id
