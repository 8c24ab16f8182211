-- Makes a source, or finds it; a source that pulls or pushes stays one when a file is imported into it. $1 project,
-- $2 name, $3 format, $4 now, $5 kind. By: store/sources. Index: unique (project, name).
insert into sources (project, name, format, created_at, kind)
values ($1, $2, $3, $4, $5)
on conflict (project, name) do update
set kind = case when excluded.kind = 'imported' then sources.kind else excluded.kind end
returning id
