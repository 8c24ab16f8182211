-- Texts of a project ($1) that were handed over since a moment ($2). Callers: the limits of texts.
-- Index: deliveries_texts_of_project.
select count(*) as texts from deliveries
where channel = 'sms' and handed_at is not null and project = $1 and handed_at >= $2
