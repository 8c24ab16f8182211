-- Notes that a code was made for a number of a contact. Caller: `number confirm`. Index: primary key.
insert into number_confirmations (contact, number, code_hash, sent_at, expires_at) values ($1, $2, $3, $4, $5)
