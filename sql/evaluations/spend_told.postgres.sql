-- Since when and to when the spend of balances was told, by their places: the first usage, else the first fixed charge, and the
-- last usage. $1: JSON list of [project, balance]. By: evaluate_rules, of those whose last weeks don't show it.
-- Index: balance_entries_by_time.
select w.place - 1 as place, coalesce((
        select n.at from balance_entries n
        where n.project = (w.item ->> 0)::bigint and n.balance = w.item ->> 1 and n.kind = 'usage'
        order by n.at limit 1
    ), (
        select n.at from balance_entries n
        where n.project = (w.item ->> 0)::bigint and n.balance = w.item ->> 1 and n.kind = 'fixed'
        order by n.at limit 1
    )) as first_spend, (
        select n.at from balance_entries n
        where n.project = (w.item ->> 0)::bigint and n.balance = w.item ->> 1 and n.kind = 'usage'
        order by n.at desc limit 1
    ) as last_usage
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
