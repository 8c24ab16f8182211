-- Gives a waiting delivery its variant, and with a fourth value what is its recipient's own. Callers: notify::post::narrow.
-- Index: primary key.
update deliveries set variant = $2, why = coalesce($4, why), updated_at = $3
where id = $1 and state = 'queued' and variant is null
