-- Roles of all contacts in projects that aren't retired. Callers: apply, list. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from contact_roles r
join projects p on p.key = r.project
where p.retired_at is null
order by r.contact, p.id, r.role
