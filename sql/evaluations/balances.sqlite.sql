-- Balances of projects ($1: JSON list) as rules see them, all in one JSON list, for rows cost more to hand over than to find; times
-- in microseconds. By: evaluate_rules. Index: primary key.
select json_group_array(json_array(
    b.project, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below, b.topup_amount, b.below_since
)) as packed
from json_each($1) w
cross join balances b on b.project = w.value
