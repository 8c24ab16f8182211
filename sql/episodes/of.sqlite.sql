-- What rules remember of projects ($1: JSON list), all in one JSON list, for a row costs more to hand over than to find; times in
-- microseconds. By: evaluate_rules, explain. Index: primary key.
select json_group_array(json_array(
        n.project, n.balance, n.rule, n.number, case when n.is_open then 1 else 0 end, n.known,
        case when n.was_told then 1 else 0 end, n.limits, n.height, n.settled, case when n.was_widened then 1 else 0 end,
        n.decision, n.decided_at
    )) as packed
from json_each($1) w
cross join episodes n on n.project = w.value
