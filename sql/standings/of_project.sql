-- How a project ($1) stands. By: the API, `standing`, `forecast`. Index: primary key.
select s.project, p.id as project_id, s.status, s.paid_until, s.as_of
from standings s
join projects p on p.key = s.project
where s.project = $1 and p.retired_at is null
