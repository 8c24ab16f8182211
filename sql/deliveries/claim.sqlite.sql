-- Takes the most urgent, then oldest deliveries of a channel that may go now and aren't held, to one address ($6) or
-- all. Callers: the
-- sending loop.
-- Index: deliveries_to_send, deliveries_folded.
update deliveries set state = 'claimed', reason = null, lease_token = $4, lease_until = $5, updated_at = $2
where id in (
    select id from deliveries
    where state = 'queued' and variant is not null and not joins and channel = $1 and not_before <= $2 and give_up_at > $2
        and (cast($6 as text) is null or address = $6)
        and not exists (
            select 1 from holds h
            where h.released_at is null and (
                    h.project is null or h.project = deliveries.project
                    or h.project in (select m.project from deliveries m where m.folded_into = deliveries.id)
                )
                and (h.channel is null or h.channel = deliveries.channel)
        )
    order by priority, not_before, id
    limit $3
)
returning id, project, priority
