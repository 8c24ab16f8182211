-- Contacts with a role in a project ($1) that aren't retired. Callers: building, notices. Index: contact_roles_by_project, primary key.
select id, name, language, zone, active, applied_by, settings
from contacts
where retired_at is null
  and id in (select contact from contact_roles where project = $1)
order by id
