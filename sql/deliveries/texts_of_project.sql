-- Texts that were handed over since a moment ($2) and tell of a project ($1), alone or with others. Callers: the limits of texts.
-- Index: deliveries_texts_of_project, deliveries_folded.
select (
        select count(*) from deliveries
        where channel = 'sms' and handed_at is not null and project = $1 and handed_at >= $2
    ) + (
        select count(*) from deliveries d
        where d.channel = 'sms' and d.handed_at is not null and d.project is null and d.handed_at >= $2
            and exists (select 1 from deliveries m where m.folded_into = d.id and m.project = $1)
    ) as texts
