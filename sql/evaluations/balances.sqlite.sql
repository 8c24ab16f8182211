-- Balances of projects ($1: JSON list) as rules see them, with the first usage that was told (else the first fixed charge) and
-- the last. All in one JSON list, for rows cost more to hand over than to find; times in microseconds. By: evaluate_rules.
-- Index: balance_entries_by_time.
select json_group_array(json_array(
    b.project, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below, b.topup_amount, b.below_since,
    coalesce((
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'usage'
        order by n.at limit 1
    ), (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'fixed'
        order by n.at limit 1
    )), (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'usage'
        order by n.at desc limit 1
    )
)) as packed
from json_each($1) w
cross join balances b on b.project = w.value
