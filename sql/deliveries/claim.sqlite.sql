-- Takes the most urgent, then oldest deliveries of a channel that may go now. Callers: the sending loop.
-- Index: deliveries_to_send.
update deliveries set state = 'claimed', reason = null, lease_token = $4, lease_until = $5, updated_at = $2
where id in (
    select id from deliveries
    where state = 'queued' and variant is not null and channel = $1 and not_before <= $2 and give_up_at > $2
    order by priority, not_before, id
    limit $3
)
returning id, project, priority
