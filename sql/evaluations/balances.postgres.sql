-- Balances of projects ($1: JSON list) as rules see them, with the first usage that was told (else the first fixed charge) and
-- the last. All in one JSON list, for rows cost more to hand over than to find; times in microseconds. By: evaluate_rules.
-- Index: balance_entries_by_time.
select cast(coalesce(json_agg(json_build_array(
    b.project, b.name, b.currency, b.amount, b.credit_limit, (date_part('epoch', b.as_of) * 1000000)::bigint, b.topup_below,
    b.topup_amount, (date_part('epoch', b.below_since) * 1000000)::bigint,
    (date_part('epoch', coalesce((
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'usage'
        order by n.at limit 1
    ), (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'fixed'
        order by n.at limit 1
    ))) * 1000000)::bigint, (date_part('epoch', (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'usage'
        order by n.at desc limit 1
    )) * 1000000)::bigint
)), '[]') as text) as packed
from jsonb_array_elements_text($1::jsonb) w (project)
join balances b on b.project = cast(w.project as bigint)
