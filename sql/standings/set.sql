-- Keeps how a project stands unless a younger fact stands. $1 project, $2 status, $3 paid until, $4 as of, $5 now. Gives
-- no row when a younger one stands. By: store/standings. Index: primary key.
insert into standings (project, status, paid_until, as_of, updated_at)
values ($1, $2, $3, $4, $5)
on conflict (project) do update
set status = excluded.status, paid_until = excluded.paid_until, as_of = excluded.as_of, updated_at = excluded.updated_at
where standings.as_of <= excluded.as_of
returning 1
