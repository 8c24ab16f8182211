-- Makes a source, or finds it. $1 project, $2 name, $3 format, $4 now. By: store/sources. Index: unique (project, name).
insert into sources (project, name, format, created_at)
values ($1, $2, $3, $4)
on conflict (project, name) do update set name = excluded.name
returning id
