-- Every contact that isn't retired. Callers: apply, list. Index: primary key.
select c.id, c.name, c.language, c.zone, c.active, c.applied_by, c.settings
from contacts c
where c.retired_at is null
order by c.id
