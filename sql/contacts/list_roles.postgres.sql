-- Roles of the contacts that contacts/list gives for the same bind. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from contact_roles r
join projects p on p.key = r.project
where p.retired_at is null
  and (cast($1 as text) is null or r.contact = $1)
order by r.contact, p.id, r.role
