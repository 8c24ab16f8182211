-- Forgets a contact's addresses, before they are written anew. Caller: apply. Index: primary key.
delete from contact_addresses where contact = $1
