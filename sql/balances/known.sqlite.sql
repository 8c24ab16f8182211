-- Balances that stand under these names. $1: JSON list of [project, name]. By: store/balances. Index: primary key.
select b.project, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below, b.topup_amount
from json_each($1) w
cross join balances b on b.project = w.value ->> 0 and b.name = w.value ->> 1
