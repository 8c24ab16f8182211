-- Projects by their ids ($1: JSON list), unless retired. Callers: building, commands, HTTP. Index: projects.id (unique).
select p.key, p.id, p.name, p.zone, p.locale, p.currency, p.week_start, p.allowed_domains, p.settings, p.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from projects p where p.id = w.wanted offset 0) p
where p.retired_at is null
