-- Keeps balances, each unless a younger one stands; those that were kept come back. $1: JSON list of [project, name, currency,
-- amount, credit limit, microseconds as of, sum below which it tops itself up, by how much] (the last two null: it doesn't),
-- $2 now. By: store/balances. Index: primary key.
insert into balances (project, name, currency, amount, credit_limit, as_of, updated_at, topup_below, topup_amount, below_since)
select l.value ->> 0, l.value ->> 1, l.value ->> 2, l.value ->> 3, l.value ->> 4, l.value ->> 5, $2, l.value ->> 6,
    l.value ->> 7, case when l.value ->> 3 < l.value ->> 6 then l.value ->> 5 end
from json_each($1) l
where true
on conflict (project, name) do update
set currency = excluded.currency, amount = excluded.amount, credit_limit = excluded.credit_limit, as_of = excluded.as_of,
    updated_at = excluded.updated_at, topup_below = excluded.topup_below, topup_amount = excluded.topup_amount,
    below_since = case
        when excluded.amount < excluded.topup_below then coalesce(balances.below_since, excluded.as_of)
    end
where balances.as_of <= excluded.as_of
returning project, name
