-- Codes of numbers of a contact ($1; null: of all), youngest first. Callers: `number list`, `list contacts`, apply, and
-- whoever asks how people are reached. Index: none where there is no contact, there are few.
select contact, number, sent_at, expires_at, confirmed_at, confirmed_by
from number_confirmations
where cast($1 as text) is null or contact = $1
order by contact, number, id desc
