-- Addresses of all contacts, main ones first. Callers: apply, list. Index: primary key.
select a.contact, a.channel, a.address
from contact_addresses a
order by a.contact, a.channel, a.position
