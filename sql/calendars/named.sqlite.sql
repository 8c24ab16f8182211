-- Calendars by their ids ($1: JSON list), unless retired. Callers: next, jobs. Index: primary key.
select c.id, c.name, c.zone, c.hours, c.days_off, c.extra_days, c.applied_by
from json_each($1) w
cross join calendars c on c.id = w.value
where c.retired_at is null
