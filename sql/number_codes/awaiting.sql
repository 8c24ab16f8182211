-- Whose code for this number ($1) can still be given at $2. Caller: answers to texts. Index: number_confirmations_of_number.
select distinct contact from number_confirmations where number = $1 and expires_at > $2 and confirmed_at is null order by contact
