-- Roles of the contacts that contacts/named gives. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from json_each($1) w
cross join contact_roles r on r.contact = w.value
join projects p on p.key = r.project
where p.retired_at is null
order by r.contact, p.id, r.role
