-- Balances of projects ($1: JSON list) as rules see them, with the first spend that was told. By: evaluate_rules.
-- Index: balance_entries_by_time.
select b.project, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below, b.topup_amount,
    b.below_since, (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind in ('usage', 'fixed')
        order by n.at limit 1
    ) as first_spend
from json_each($1) w
cross join balances b on b.project = w.value
