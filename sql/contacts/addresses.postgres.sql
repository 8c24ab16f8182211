-- Addresses of the contacts that contacts/named gives, main ones first. Index: primary key.
select a.contact, a.channel, a.address
from jsonb_array_elements_text($1::jsonb) w (wanted)
join contact_addresses a on a.contact = w.wanted
order by a.contact, a.channel, a.position
