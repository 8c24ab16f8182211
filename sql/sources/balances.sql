-- The columns by which a money source says what balances are: `balances` of [money_sources.NAME] gives them, in any order and
-- of any type that holds them exactly. By: `callbrief balance columns`, guide and tests; nothing of Callbrief's own runs it.
select
    'acme' as project,                        -- its id here (`callbrief list projects`)
    'forwarding' as balance,                  -- your name of it
    '84.60' as amount,                        -- decimal, integer or text; negative when something is owed
    '2026-06-01T08:00:00Z' as as_of,          -- when it was so
    'EUR' as currency,                        -- may be missing: the project's
    '0.00' as credit_limit,                   -- may be missing: as it was, at first 0
    '50.00' as auto_topup_below,              -- may be missing, with the next: as it was; both null: none
    '200.00' as auto_topup_amount
