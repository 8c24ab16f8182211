-- Reports that are made and wait for a relay, by project: since when, and how many; not what somebody holds. Caller: the watch.
-- Index: deliveries_to_send, whose condition is repeated, because SQLite takes a partial index for nothing else; holds_in_force.
select d.project, min(d.created_at) as since, count(*) as late
from deliveries d
where d.channel = 'email' and d.state = 'queued' and d.variant is not null and d.kind = 'report' and d.project is not null
    and not exists (
        select 1 from holds h
        where h.released_at is null and (h.project is null or h.project = d.project)
            and (h.channel is null or h.channel = d.channel)
    )
group by d.project
