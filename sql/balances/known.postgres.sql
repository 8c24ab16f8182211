-- Balances that stand under these names, held until the transaction ends so that what is told of them is compared with what
-- stands. $1: JSON list of [project, name]. By: store/balances. Index: primary key.
select b.project, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below, b.topup_amount
from jsonb_array_elements($1::jsonb) w (item)
join balances b on b.project = (w.item ->> 0)::bigint and b.name = w.item ->> 1
order by b.project, b.name
for update of b
