-- Addresses of the contacts that contacts/named gives, main ones first. Index: primary key.
select a.contact, a.channel, a.address
from json_each($1) w
cross join contact_addresses a on a.contact = w.value
order by a.contact, a.channel, a.position
