-- Every project that isn't retired, or the one named. Callers: apply, list, jobs. Index: projects.id (unique).
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select key, id, name, zone, locale, currency, week_start, allowed_domains, settings, applied_by
from projects
where retired_at is null and id >= coalesce($1, '') and id <= coalesce($1, x'')
order by id
