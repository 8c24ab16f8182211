-- Keeps balances, each unless a younger one stands; those that were kept come back. $1: JSON list of [project, name, currency,
-- amount, credit limit, microseconds as of, sum below which it tops itself up, by how much] (the last two null: it doesn't),
-- $2 now. By: store/balances. Index: primary key.
insert into balances (project, name, currency, amount, credit_limit, as_of, updated_at, topup_below, topup_amount, below_since)
select (l ->> 0)::bigint, l ->> 1, l ->> 2, (l ->> 3)::bigint, (l ->> 4)::bigint,
    timestamptz 'epoch' + (l ->> 5)::bigint * interval '1 microsecond', $2, (l ->> 6)::bigint, (l ->> 7)::bigint,
    case when (l ->> 3)::bigint < (l ->> 6)::bigint
        then timestamptz 'epoch' + (l ->> 5)::bigint * interval '1 microsecond' end
from jsonb_array_elements($1::jsonb) l
on conflict (project, name) do update
set currency = excluded.currency, amount = excluded.amount, credit_limit = excluded.credit_limit, as_of = excluded.as_of,
    updated_at = excluded.updated_at, topup_below = excluded.topup_below, topup_amount = excluded.topup_amount,
    below_since = case
        when excluded.amount < excluded.topup_below then coalesce(balances.below_since, excluded.as_of)
    end
where balances.as_of <= excluded.as_of
returning project, name
