-- Facts about projects came in: they are judged at once. $1: JSON list of projects, $2 now. By: store/balances,
-- store/standings, store/promises. Index: primary key.
insert into evaluations (project, due_at, version)
select cast(w.project as bigint), $2, 1
from jsonb_array_elements_text($1::jsonb) w (project)
order by 1
on conflict (project) do update
set due_at = case when evaluations.due_at < excluded.due_at then evaluations.due_at else excluded.due_at end,
    version = evaluations.version + 1
