-- Every calendar that isn't retired. Callers: apply, list, jobs. Index: primary key.
select c.id, c.name, c.zone, c.hours, c.days_off, c.extra_days, c.applied_by
from calendars c
where c.retired_at is null
order by c.id
