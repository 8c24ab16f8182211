-- Keeps a balance unless a younger one stands. $1 project, $2 name, $3 currency, $4 amount, $5 credit limit (null: as it
-- was), $6 as of, $7 now. Gives no row when a younger one stands. By: store/balances. Index: primary key.
insert into balances (project, name, currency, amount, credit_limit, as_of, updated_at)
values ($1, $2, $3, $4, coalesce($5, 0), $6, $7)
on conflict (project, name) do update
set currency = excluded.currency, amount = excluded.amount, credit_limit = coalesce($5, balances.credit_limit),
    as_of = excluded.as_of, updated_at = excluded.updated_at
where balances.as_of <= excluded.as_of
returning 1
