-- Contacts that got a warning since an episode began, in a message of its own or another's. Of a balance every rule counts, of the
-- project itself ($2 empty) only this one. $1 project, $2 balance, $3 rule, $4 episode.
-- By: evaluate_rules. Index: primary key, deliveries_by_notice.
select distinct d.contact
from episode_levels n
join deliveries d on d.notice = n.notice
left join deliveries j on j.id = d.folded_into
where n.project = $1 and n.balance = $2 and (n.balance <> '' or n.rule = $3) and n.level <> 'recovered' and d.contact is not null
    and n.told_at >= (
        select min(b.told_at) from episode_levels b
        where b.project = $1 and b.balance = $2 and b.rule = $3 and b.episode = $4 and b.level <> 'recovered'
    )
    and coalesce(j.state, d.state) in ('accepted', 'handed', 'uncertain')
