-- The mail addresses of the active owners of projects ($1: JSON list), of each project the main one of each owner first.
-- Callers: notify::post, notify::owner. Index: contact_roles_by_project.
select r.project, c.id as contact, c.name, c.language, a.address
from jsonb_array_elements_text($1::jsonb) w (project)
join contact_roles r on r.project = cast(w.project as bigint)
join contacts c on c.id = r.contact
join contact_addresses a on a.contact = c.id and a.channel = 'email'
where r.role = 'owner' and c.active and c.retired_at is null
order by r.project, c.id, a.position
