-- Addresses of the contacts that contacts/list gives for the same bind, main ones first. Index: primary key.
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select contact, channel, address
from contact_addresses
where contact >= coalesce($1, '') and contact <= coalesce($1, x'')
order by contact, channel, position
