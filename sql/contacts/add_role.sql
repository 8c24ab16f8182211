-- Gives a contact a role in the project of this id. Caller: apply. Index: primary key, projects.id.
insert into contact_roles (contact, project, role)
select $1, key, $3 from projects where id = $2
