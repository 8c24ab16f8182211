-- Lists a person or changes the entry to this; $1 is the project's id. Caller: apply. Index: primary key.
insert into listed_agents (project, id, name, team, keys, contact, applied_by, updated_at)
select p.key, $2, $3, $4, $5, $6, $7, $8 from projects p where p.id = $1
on conflict (project, id) do update set
    name = excluded.name, team = excluded.team, keys = excluded.keys, contact = excluded.contact,
    applied_by = excluded.applied_by, updated_at = excluded.updated_at
