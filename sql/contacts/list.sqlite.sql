-- Contacts that aren't retired: the one named ($1), or all. Callers: apply, list, building, the gate. Index: primary key.
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select id, name, language, zone, active, applied_by, settings
from contacts
where retired_at is null
  and id >= coalesce($1, '') and id <= coalesce($1, x'')
order by id
