-- Balances of projects ($1 and $2: spans of keys, from and to) as rules see them; a list a column, for rows cost more to hand over
-- than to find. By: evaluate_rules. Index: primary key.
select coalesce(array_agg(b.project), '{}') as project, coalesce(array_agg(b.name), '{}') as name,
    coalesce(array_agg(b.currency), '{}') as currency, coalesce(array_agg(b.amount), '{}') as amount,
    coalesce(array_agg(b.credit_limit), '{}') as credit_limit, coalesce(array_agg(b.as_of), '{}') as as_of,
    coalesce(array_agg(b.topup_below), '{}') as topup_below, coalesce(array_agg(b.topup_amount), '{}') as topup_amount,
    coalesce(array_agg(b.below_since), '{}') as below_since
from unnest($1::bigint[], $2::bigint[]) w (first, last)
join balances b on b.project between w.first and w.last
