-- Balances of all projects, those of one name ($1) or all. By: `balance list`, `forecast`. Index: primary key.
select b.project, p.id as project_id, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below,
    b.topup_amount, b.below_since
from balances b
join projects p on p.key = b.project
where (cast($1 as text) is null or b.name = $1) and p.retired_at is null
order by p.id, b.name
