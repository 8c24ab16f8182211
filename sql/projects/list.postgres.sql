-- Every project that isn't retired, or the one named. Callers: apply, list, jobs. Index: projects.id (unique).
select key, id, name, zone, locale, currency, week_start, allowed_domains, settings, applied_by
from projects
where retired_at is null and (cast($1 as text) is null or id = $1)
order by id
