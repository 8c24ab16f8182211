-- How a project ($1), or each, stands. By: `standing list`, `forecast`. Index: primary key.
select s.project, p.id as project_id, s.status, s.paid_until, s.as_of
from standings s
join projects p on p.key = s.project
where (cast($1 as bigint) is null or s.project = $1) and p.retired_at is null
order by p.id
