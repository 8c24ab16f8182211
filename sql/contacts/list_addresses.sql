-- Addresses of the contacts that contacts/list gives for the same binds, main ones first. Index: primary key.
select contact, channel, address
from contact_addresses
where (cast($1 as text) is null or contact = $1)
  and (cast($2 as bigint) is null or contact in (select contact from contact_roles where project = $2))
order by contact, channel, position
