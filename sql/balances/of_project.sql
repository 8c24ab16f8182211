-- Balances of a project ($1), one of them ($2) or all. By: the API, `balance`, `forecast`. Index: primary key.
select b.project, p.id as project_id, b.name, b.currency, b.amount, b.credit_limit, b.as_of, b.topup_below,
    b.topup_amount, b.below_since
from balances b
join projects p on p.key = b.project
where b.project = $1 and (cast($2 as text) is null or b.name = $2) and p.retired_at is null
order by b.name
