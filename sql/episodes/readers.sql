-- Contacts that got a warning of an episode, in a message of its own or another's. $1 project, $2 balance, $3 rule, $4 episode.
-- By: evaluate_rules. Index: primary key, deliveries_by_notice.
select distinct d.contact
from episode_levels n
join deliveries d on d.notice = n.notice
left join deliveries j on j.id = d.folded_into
where n.project = $1 and n.balance = $2 and n.rule = $3 and n.episode = $4 and n.level <> 'recovered' and d.contact is not null
    and coalesce(j.state, d.state) in ('accepted', 'handed', 'uncertain')
