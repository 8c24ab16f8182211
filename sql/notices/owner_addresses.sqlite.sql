-- The mail addresses of the active owners of projects ($1: JSON list), of each project the main one of each owner first.
-- Callers: notify::post, notify::owner. Index: contact_roles_by_project.
select r.project, c.id as contact, c.name, c.language, a.address
from json_each($1) w
cross join contact_roles r on r.project = w.value
join contacts c on c.id = r.contact
join contact_addresses a on a.contact = c.id and a.channel = 'email'
where r.role = 'owner' and c.active and c.retired_at is null
order by r.project, c.id, a.position
