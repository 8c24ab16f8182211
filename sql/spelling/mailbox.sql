-- Spells a contact's ($1) address ($2) anew ($3). Caller: migrate, once. Index: primary key.
update contact_addresses set address = $3
where contact = $1 and channel = 'email' and address = $2
