-- The delivery under this key. Callers: notify::post. Index: unique (notice, channel, address, generation).
select id from deliveries where notice = $1 and channel = $2 and address = $3 and generation = $4
