-- Since when and to when the spend of balances was told, by their places: the first usage, else the first fixed charge, and the
-- last usage. $1: JSON list of [project, balance]. By: evaluate_rules, of those whose last weeks don't show it.
-- Index: balance_entries_by_time.
select w.key as place, coalesce((
        select n.at from balance_entries n
        where n.project = w.value ->> 0 and n.balance = w.value ->> 1 and n.kind = 'usage'
        order by n.at limit 1
    ), (
        select n.at from balance_entries n
        where n.project = w.value ->> 0 and n.balance = w.value ->> 1 and n.kind = 'fixed'
        order by n.at limit 1
    )) as first_spend, (
        select n.at from balance_entries n
        where n.project = w.value ->> 0 and n.balance = w.value ->> 1 and n.kind = 'usage'
        order by n.at desc limit 1
    ) as last_usage
from json_each($1) w
