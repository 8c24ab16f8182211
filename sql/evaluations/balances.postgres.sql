-- Balances of projects ($1: JSON list) as rules see them, all in one JSON list, for rows cost more to hand over than to find; times
-- in microseconds. By: evaluate_rules. Index: primary key.
select cast(coalesce(json_agg(json_build_array(
    b.project, b.name, b.currency, b.amount, b.credit_limit, (date_part('epoch', b.as_of) * 1000000)::bigint, b.topup_below,
    b.topup_amount, (date_part('epoch', b.below_since) * 1000000)::bigint
)), '[]') as text) as packed
from jsonb_array_elements_text($1::jsonb) w (project)
join balances b on b.project = cast(w.project as bigint)
