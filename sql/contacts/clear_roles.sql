-- Forgets a contact's roles, before they are written anew. Caller: apply. Index: primary key.
delete from contact_roles where contact = $1
