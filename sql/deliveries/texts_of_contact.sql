-- Texts that were handed over to a contact ($1) since a moment ($2). Callers: the limits of texts.
-- Index: deliveries_texts_of_contact.
select count(*) as texts from deliveries
where channel = 'sms' and handed_at is not null and contact = $1 and handed_at >= $2
