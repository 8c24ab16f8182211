-- Mail addresses of contacts. Caller: migrate, once. Index: none, all are wanted.
select contact, address from contact_addresses
where channel = 'email'
order by contact, position
