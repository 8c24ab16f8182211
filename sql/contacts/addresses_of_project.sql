-- Addresses of the contacts that contacts/of_project gives, main ones first. Index: contact_roles_by_project, primary key.
select contact, channel, address
from contact_addresses
where contact in (select contact from contact_roles where project = $1)
order by contact, channel, position
