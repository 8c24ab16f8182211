-- Addresses of the contacts that contacts/named gives, main ones first. Index: primary key.
select a.contact, a.channel, a.address
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from contact_addresses a where a.contact = w.wanted offset 0) a
order by a.contact, a.channel, a.position
