-- Gives a waiting delivery its variant. Callers: notify::post::narrow. Index: primary key.
update deliveries set variant = $2, updated_at = $3 where id = $1 and state = 'queued' and variant is null
