-- What waited through quiet hours that are over, with how its episode stands. Callers: the job that releases it.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else.
select d.id, d.project, d.contact, d.channel, d.address, d.kind, d.variant, v.subject, v.kind_of_reader,
    case when l.level is null or l.level = 'recovered' then null
        when e.is_open and e.number = l.episode then true else false end as is_open
from deliveries d
join variants v on v.id = d.variant
left join episode_levels l on l.project = d.project and l.notice = d.notice
left join episodes e on e.project = l.project and e.balance = l.balance and e.rule = l.rule
where d.state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
    and d.state = 'held' and d.not_before <= $1
order by d.priority, d.id limit $2
