-- Balances of a project ($1), or of all, one of them ($2) or all. By: `balance list`, `forecast`. Index: primary key.
select b.project, p.id as project_id, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below,
    b.topup_amount, b.below_since
from balances b
join projects p on p.key = b.project
where b.project >= coalesce(cast($1 as bigint), 0) and b.project <= coalesce(cast($1 as bigint), 9223372036854775807) and (cast($2 as text) is null or b.name = $2)
    and p.retired_at is null
order by p.id, b.name
