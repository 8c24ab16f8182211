-- Reports by their names ($1: JSON list), unless retired. Callers: building, commands. Index: primary key.
select r.id, r.sections, r.filters, r.options, r.applied_by
from json_each($1) w
cross join reports r on r.id = w.value
where r.retired_at is null
