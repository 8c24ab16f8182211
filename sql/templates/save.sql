-- Makes a template or changes it to this, and brings it back when it was retired. Caller: apply. Index: primary key.
insert into templates (id, body, applied_by, created_at, updated_at)
values ($1, $2, $3, $4, $4)
on conflict (id) do update set
    body = excluded.body, applied_by = excluded.applied_by, updated_at = excluded.updated_at, retired_at = null
