-- Other codes of a number that is confirmed now (by $3). Callers: whoever gives a code. Index: number_confirmations_of_contact.
delete from number_confirmations where contact = $1 and number = $2 and id <> $3
