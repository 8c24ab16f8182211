-- Every calendar that isn't retired, or the one named. Callers: apply, list, next, jobs. Index: primary key.
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select id, name, zone, hours, days_off, extra_days, applied_by
from calendars
where retired_at is null and id >= coalesce($1, '') and id <= coalesce($1, x'')
order by id
