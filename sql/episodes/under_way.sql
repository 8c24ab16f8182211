-- Deliveries that a thing's alerts became, in one episode of a rule ($3, $4) or, where that is null, in all of the rule; of one
-- that was told in another's message, how that one stands as well. $1 project, $2 balance. By: evaluate_rules.
-- Index: primary key.
select d.id, d.state, j.state as told_by
from episode_levels n
join deliveries d on d.notice = n.notice
left join deliveries j on j.id = d.folded_into
where n.project = $1 and n.balance = $2 and n.rule = $3 and (cast($4 as bigint) is null or n.episode = $4)
