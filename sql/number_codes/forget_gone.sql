-- What is known of numbers that a contact doesn't have any more, or of a contact that is retired: it would have to be
-- confirmed anew. Callers: apply, as it writes and retires contacts. Index: number_confirmations_of_contact.
delete from number_confirmations
where contact = $1 and (
    exists (select 1 from contacts c where c.id = $1 and c.retired_at is not null)
    or not exists (
        select 1 from contact_addresses a
        where a.contact = $1 and a.channel = 'sms' and a.address = number_confirmations.number
    )
)
