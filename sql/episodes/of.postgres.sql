-- What rules remember of projects ($1: JSON list). By: evaluate_rules, explain. Index: primary key.
select n.project, n.balance, n.rule, n.number, n.is_open, n.known, n.was_told, n.limits, n.height, n.settled,
    n.was_widened, n.decision, n.decided_at
from jsonb_array_elements_text($1::jsonb) w (project)
join episodes n on n.project = cast(w.project as bigint)
order by n.project, n.balance, n.rule
