-- Keeps how projects stand, each unless a younger fact stands; those that were kept come back. $1: JSON list of [project,
-- status, paid until, microseconds as of], $2 now. By: store/standings. Index: primary key.
insert into standings (project, status, paid_until, as_of, updated_at)
select (l ->> 0)::bigint, l ->> 1, l ->> 2, timestamptz 'epoch' + (l ->> 3)::bigint * interval '1 microsecond', $2
from jsonb_array_elements($1::jsonb) l
on conflict (project) do update
set status = excluded.status, paid_until = excluded.paid_until, as_of = excluded.as_of, updated_at = excluded.updated_at
where standings.as_of <= excluded.as_of
returning project
