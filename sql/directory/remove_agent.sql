-- Takes a person out of the list of the project with the id $1; the audit keeps what was there. Caller: apply --prune.
-- Index: primary key.
delete from listed_agents where id = $2 and project = (select p.key from projects p where p.id = $1)
