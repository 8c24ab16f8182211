-- The mail addresses of a project's active owners, the main one of each first. Callers: notify::post, notify::owner.
-- Index: contact_roles_by_project.
select c.id as contact, c.name, c.language, a.address
from contact_roles r
join contacts c on c.id = r.contact
join contact_addresses a on a.contact = c.id and a.channel = 'email'
where r.project = $1 and r.role = 'owner' and c.active and c.retired_at is null
order by c.id, a.position
