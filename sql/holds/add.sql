-- Holds sending: of a project ($1; null: of all) and a channel ($2; null: all). Caller: notify::hold. Index: primary key.
insert into holds (project, channel, reason, actor, since) values ($1, $2, $3, $4, $5)
