-- The columns by which a money source says how projects stand: `standings` of [money_sources.NAME] gives them.
-- By: `callbrief balance columns`, guide and tests; nothing of Callbrief's own runs it.
select
    'acme' as project,
    'active' as status,                       -- trial, active, suspended, archived
    '2026-06-20' as paid_until,               -- the last day that is paid for; may be missing or null
    '2026-06-01T08:00:00Z' as as_of           -- when it was so
