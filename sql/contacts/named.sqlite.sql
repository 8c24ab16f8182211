-- Contacts by their ids ($1: JSON list), unless retired. Callers: building, notices, the gate. Index: primary key.
select c.id, c.name, c.language, c.zone, c.active, c.applied_by, c.settings
from json_each($1) w
cross join contacts c on c.id = w.value
where c.retired_at is null
order by c.id
