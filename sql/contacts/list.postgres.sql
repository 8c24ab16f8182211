-- Contacts that aren't retired: the one named ($1), or all. Callers: apply, list, building, the gate. Index: primary key.
select id, name, language, zone, active, applied_by, settings
from contacts
where retired_at is null
  and (cast($1 as text) is null or id = $1)
order by id
