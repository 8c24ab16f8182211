-- Deliveries that say that all is well with a thing and wait, by themselves or in another's message, and whose they are (null:
-- `[operations]`). Of a balance every rule counts, of the project itself ($2 empty) only this one. $1 project, $2 balance, $3 rule.
-- By: evaluate_rules. Index: primary key, deliveries_by_notice.
select d.id, d.contact, d.state
from episode_levels l
join deliveries d on d.notice = l.notice
left join deliveries j on j.id = d.folded_into
where l.project = $1 and l.balance = $2 and (l.balance <> '' or l.rule = $3) and l.level = 'recovered'
    and coalesce(j.state, d.state) in ('queued', 'claimed', 'held', 'refused')
order by d.id
