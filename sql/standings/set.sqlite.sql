-- Keeps how projects stand, each unless a younger fact stands; those that were kept come back. $1: JSON list of [project,
-- status, paid until, microseconds as of], $2 now. By: store/standings. Index: primary key.
insert into standings (project, status, paid_until, as_of, updated_at)
select l.value ->> 0, l.value ->> 1, l.value ->> 2, l.value ->> 3, $2
from json_each($1) l
where true
on conflict (project) do update
set status = excluded.status, paid_until = excluded.paid_until, as_of = excluded.as_of, updated_at = excluded.updated_at
where standings.as_of <= excluded.as_of
returning project
