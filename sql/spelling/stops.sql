-- Stops of mailboxes, with their addresses. Caller: migrate, once. Index: primary key.
select id, address from suppressions
where id > 0 and channel = 'email'
order by id
