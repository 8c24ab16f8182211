-- Roles of the contacts that contacts/list gives for the same bind. Index: primary key.
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select r.contact, r.project as project_key, p.id as project, r.role
from contact_roles r
join projects p on p.key = r.project
where p.retired_at is null
  and r.contact >= coalesce($1, '') and r.contact <= coalesce($1, x'')
order by r.contact, p.id, r.role
