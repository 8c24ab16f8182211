-- Makes a project or changes it to this, and brings it back when it was retired. Caller: apply. Index: projects.id.
insert into projects (
    id, name, zone, locale, currency, week_start, allowed_domains, applied_by, created_at, updated_at, settings
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)
on conflict (id) do update set
    name = excluded.name, zone = excluded.zone, locale = excluded.locale, currency = excluded.currency,
    week_start = excluded.week_start, allowed_domains = excluded.allowed_domains, applied_by = excluded.applied_by,
    settings = excluded.settings, updated_at = excluded.updated_at, retired_at = null
