-- Makes a report or changes it to this, and brings it back when it was retired. Caller: apply. Index: primary key.
insert into reports (id, sections, filters, options, applied_by, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $6)
on conflict (id) do update set
    sections = excluded.sections, filters = excluded.filters, options = excluded.options,
    applied_by = excluded.applied_by, updated_at = excluded.updated_at, retired_at = null
