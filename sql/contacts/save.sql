-- Makes a contact or changes it to this, and brings it back when it was retired. Caller: apply. Index: primary key.
insert into contacts (id, name, language, zone, active, applied_by, created_at, updated_at, settings)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
on conflict (id) do update set
    name = excluded.name, language = excluded.language, zone = excluded.zone, active = excluded.active,
    settings = excluded.settings, applied_by = excluded.applied_by, updated_at = excluded.updated_at, retired_at = null
