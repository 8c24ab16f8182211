-- What rules remember of projects ($1: JSON list). By: evaluate_rules, explain. Index: primary key.
select n.project, n.balance, n.rule, n.number, n.is_open, n.known, n.was_told, n.limits, n.height, n.decision, n.decided_at
from json_each($1) w
cross join episodes n on n.project = w.value
order by n.project, n.balance, n.rule
