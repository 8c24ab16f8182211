-- Removes what confirmed a contact's number. $1 contact, $2 number. By: store/person. Index: number_confirmations_of_contact.
delete from number_confirmations where contact = $1 and number = $2
