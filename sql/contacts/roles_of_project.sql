-- Roles of the contacts that contacts/of_project gives. Index: contact_roles_by_project, primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from contact_roles r
join projects p on p.key = r.project
where p.retired_at is null
  and r.contact in (select contact from contact_roles where project = $1)
order by r.contact, p.id, r.role
