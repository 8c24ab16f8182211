-- Takes an address from a contact. $1 contact, $2 address. By: store/person. Index: primary key.
delete from contact_addresses where contact = $1 and address = $2
