-- Roles of the contacts that contacts/list gives for the same binds. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from contact_roles r
join projects p on p.key = r.project
where p.retired_at is null
  and (cast($1 as text) is null or r.contact = $1)
  and (cast($2 as bigint) is null or r.contact in (select contact from contact_roles where project = $2))
order by r.contact, p.id, r.role
