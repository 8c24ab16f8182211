-- Stores content once; content that is there is as good as new, so that nobody removes it meanwhile ($6: a day before
-- $5, because a row isn't written anew for less). Callers: notify::post. Index: primary key.
insert into artefacts (hash, media_type, size, bytes, created_at)
values ($1, $2, $3, $4, $5)
on conflict (hash) do update set created_at = excluded.created_at where artefacts.created_at < $6
