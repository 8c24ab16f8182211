-- Adds a notice unless its key was posted before; a row comes back only when it is new.
-- Callers: notify::post. Index: unique (dedup_key).
insert into notices (project, kind, run, dedup_key, created_at, give_up_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (dedup_key) do nothing
returning id
