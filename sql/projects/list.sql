-- Every project that isn't retired. Callers: apply, list, jobs. Index: projects.id (unique).
select p.key, p.id, p.name, p.zone, p.locale, p.currency, p.week_start, p.allowed_domains, p.settings, p.applied_by
from projects p
where p.retired_at is null
order by p.id
