-- Removes a contact with its addresses. $1 contact. By: store/belongs. Index: primary key.
delete from contacts where id = $1
