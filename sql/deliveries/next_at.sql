-- When the next delivery of a channel may be claimed. Callers: the sending loop. Index: deliveries_to_send.
select min(not_before) as at from deliveries where state = 'queued' and variant is not null and channel = $1
