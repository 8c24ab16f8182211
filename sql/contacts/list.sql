-- Contacts that aren't retired: the one named ($1), those with a role in a project ($2), or all.
-- Callers: apply, list, building, the gate. Index: primary keys, contact_roles_by_project.
select id, name, language, zone, active, applied_by, settings
from contacts
where retired_at is null
  and (cast($1 as text) is null or id = $1)
  and (cast($2 as bigint) is null or id in (select contact from contact_roles where project = $2))
order by id
