-- The youngest code of a contact's number. Callers: whoever gives a code. Index: number_confirmations_of_contact.
select id, code_hash, tries, sent_at, expires_at, confirmed_at, confirmed_by
from number_confirmations
where contact = $1 and number = $2
order by id desc
limit 1
