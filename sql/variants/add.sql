-- Adds a variant of a notice. Callers: notify::post. Index: unique (notice, kind_of_reader).
insert into variants (notice, kind_of_reader, subject, created_at) values ($1, $2, $3, $4) returning id
