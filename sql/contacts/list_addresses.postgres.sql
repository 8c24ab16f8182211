-- Addresses of the contacts that contacts/list gives for the same bind, main ones first. Index: primary key.
select contact, channel, address
from contact_addresses
where (cast($1 as text) is null or contact = $1)
order by contact, channel, position
