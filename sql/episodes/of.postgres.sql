-- What rules remember of projects ($1: JSON list), all in one JSON list, for a row costs more to hand over than to find; times in
-- microseconds. By: evaluate_rules, explain. Index: primary key.
select cast(coalesce(json_agg(json_build_array(
        n.project, n.balance, n.rule, n.number, n.is_open::int, n.known, n.was_told::int, n.limits, n.height, n.settled,
        n.was_widened::int, n.decision, (date_part('epoch', n.decided_at) * 1000000)::bigint
    )), '[]') as text) as packed
from jsonb_array_elements_text($1::jsonb) w (project)
join episodes n on n.project = cast(w.project as bigint)
