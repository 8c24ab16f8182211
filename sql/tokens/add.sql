-- Keeps a new token. Caller: `token create`. Index: primary key.
insert into tokens (id, name, project, scope, hash, expires_at, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
