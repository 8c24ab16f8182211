-- Calendars by their ids ($1: JSON list), unless retired. Callers: next, jobs. Index: primary key.
select c.id, c.name, c.zone, c.hours, c.days_off, c.extra_days, c.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
join calendars c on c.id = w.wanted
where c.retired_at is null
