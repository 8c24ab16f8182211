-- Every calendar that isn't retired, or the one named. Callers: apply, list, next, jobs. Index: primary key.
select id, name, zone, hours, days_off, extra_days, applied_by
from calendars
where retired_at is null and (cast($1 as text) is null or id = $1)
order by id
