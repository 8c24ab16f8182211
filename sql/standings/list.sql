-- How a project ($1), or each, stands. By: `standing list`, `forecast`. Index: primary key.
select s.project, p.id as project_id, s.status, s.paid_until, s.as_of
from standings s
join projects p on p.key = s.project
where s.project >= coalesce(cast($1 as bigint), 0) and s.project <= coalesce(cast($1 as bigint), 9223372036854775807) and p.retired_at is null
order by p.id
