-- Calendars by their ids ($1: JSON list), unless retired. Callers: next, jobs. Index: primary key.
select c.id, c.name, c.zone, c.hours, c.days_off, c.extra_days, c.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from calendars c where c.id = w.wanted offset 0) c
where c.retired_at is null
