-- Deliveries that waited as long as they may; what is held has all the time. Callers: housekeeping. Index: deliveries_by_patience.
select id, state, kind from deliveries
where state in ('queued', 'held') and give_up_at <= $1
    and not exists (
        select 1 from holds h
        where h.released_at is null and (h.project is null or h.project = deliveries.project)
            and (h.channel is null or h.channel = deliveries.channel)
    )
order by give_up_at limit $2
