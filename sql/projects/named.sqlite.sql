-- Projects by their ids ($1: JSON list), unless retired. Callers: building, commands, HTTP. Index: projects.id (unique).
select p.key, p.id, p.name, p.zone, p.locale, p.currency, p.week_start, p.allowed_domains, p.settings, p.applied_by
from json_each($1) w
cross join projects p on p.id = w.value
where p.retired_at is null
