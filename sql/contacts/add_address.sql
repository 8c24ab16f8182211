-- Gives a contact an address; $3 is its place among those of the channel. Caller: apply. Index: primary key.
insert into contact_addresses (contact, channel, position, address) values ($1, $2, $3, $4)
