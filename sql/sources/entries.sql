-- The columns by which a money source says what moved balances, or will: `entries` of [money_sources.NAME] gives them. An id that
-- was told before changes nothing, so give those of the last days each time. By: `callbrief balance columns`, guide and tests;
-- nothing of Callbrief's own runs it.
select
    'acme' as project,
    'forwarding' as balance,
    'u-2026-05-31' as id,                     -- yours; one entry however often it is told
    '2026-05-31' as at,                       -- a moment, or a day of the project
    'usage' as kind,                          -- usage, fixed, topup, topup_failed, refund, adjustment
    '6.10' as amount,                         -- without a sign; only an adjustment may have one
    'calls to mobiles' as what                -- may be missing
