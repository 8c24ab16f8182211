-- Keeps a balance unless a younger one stands. $1 project, $2 name, $3 currency, $4 amount, $5 credit limit (null: as it
-- was), $6 as of, $7 now; $8 whether an automatic top-up is told of, below $9 by $10 (null: none). Gives no row when a younger
-- one stands. By: store/balances. Index: primary key.
insert into balances (project, name, currency, amount, credit_limit, as_of, updated_at, topup_below, topup_amount, below_since)
values ($1, $2, $3, $4, coalesce($5, 0), $6, $7, $9, $10, case when $4 < $9 then $6 end)
on conflict (project, name) do update
set currency = excluded.currency, amount = excluded.amount, credit_limit = coalesce($5, balances.credit_limit),
    as_of = excluded.as_of, updated_at = excluded.updated_at,
    topup_below = case when $8 then excluded.topup_below else balances.topup_below end,
    topup_amount = case when $8 then excluded.topup_amount else balances.topup_amount end,
    below_since = case
        when excluded.amount < (case when $8 then excluded.topup_below else balances.topup_below end)
        then coalesce(balances.below_since, excluded.as_of)
    end
where balances.as_of <= excluded.as_of
returning 1
