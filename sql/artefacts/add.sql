-- Stores content once. Callers: notify::post. Index: primary key.
insert into artefacts (hash, media_type, size, bytes, created_at)
values ($1, $2, $3, $4, $5)
on conflict (hash) do nothing
