-- A new import. $1 project, $2 source, $3 file name, $4 now. By: store/imports.
insert into imports (project, source, file_name, started_at, seen_at, state)
values ($1, $2, $3, $4, $4, 'running')
returning id
