-- What rules remember of projects ($1: JSON list), packed: a project's in one row, each a JSON list in a JSON list.
-- By: evaluate_rules, explain. Index: primary key.
select n.project, json_group_array(json_array(
        n.balance, n.rule, n.number, case when n.is_open then 1 else 0 end, n.known, case when n.was_told then 1 else 0 end,
        n.limits, n.height, n.settled, case when n.was_widened then 1 else 0 end, n.decision, n.decided_at
    )) as packed
from json_each($1) w
cross join episodes n on n.project = w.value
group by n.project
order by n.project
