-- Deliveries that a thing's alerts became, in one episode of a rule ($3, $4) or, where that is null, in all of the rule.
-- $1 project, $2 balance. By: evaluate_rules. Index: primary key.
select d.id, d.state
from episode_levels n
join deliveries d on d.notice = n.notice
where n.project = $1 and n.balance = $2 and n.rule = $3 and (cast($4 as bigint) is null or n.episode = $4)
