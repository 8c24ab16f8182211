-- When the next delivery of a channel, to one address ($2) or any, may be claimed. Callers: the sending loop.
-- Index: deliveries_to_send.
select min(not_before) as at from deliveries
where state = 'queued' and variant is not null and not joins and channel = $1 and (cast($2 as text) is null or address = $2)
