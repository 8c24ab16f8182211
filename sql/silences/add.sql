-- Silences notices: of a project ($1; null: of all), a kind ($2; null: every kind), to a contact ($3; null: to everybody).
-- Caller: notify::silence. Index: primary key.
insert into silences (project, kind, contact, reason, actor, since, until) values ($1, $2, $3, $4, $5, $6, $7)
returning id
