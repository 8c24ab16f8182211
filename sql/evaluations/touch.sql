-- A fact about a project came in: it is judged at once. $1 project, $2 now. By: store/balances, store/standings.
-- Index: primary key.
insert into evaluations (project, due_at, version)
values ($1, $2, 1)
on conflict (project) do update
set due_at = case when evaluations.due_at < excluded.due_at then evaluations.due_at else excluded.due_at end,
    version = evaluations.version + 1
