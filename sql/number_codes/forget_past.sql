-- Codes of a contact's number that were asked for before $3 and given by nobody. Caller: `number confirm`.
-- Index: number_confirmations_of_number.
delete from number_confirmations where contact = $1 and number = $2 and sent_at <= $3 and confirmed_at is null
