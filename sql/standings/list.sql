-- How each project stands. By: `standing list`, `forecast`. Index: primary key.
select s.project, p.id as project_id, s.status, s.paid_until, s.as_of
from standings s
join projects p on p.key = s.project
where p.retired_at is null
order by p.id
