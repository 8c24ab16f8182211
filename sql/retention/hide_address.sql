-- Puts $2 in the place of a delivery's address, and takes what names its reader. Caller: forget. Index: primary key.
update deliveries
set address = $2, contact = null, display_name = '', why = '{}', reply = null, address_hidden = true
where id = $1 and not address_hidden
