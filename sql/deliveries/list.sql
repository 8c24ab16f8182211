-- Deliveries, newest first, narrowed by what is given. Callers: `deliveries`, the API.
-- Index: primary key, walked from the newest one until there are enough.
select d.id, d.kind, p.id as project, d.schedule, d.occurrence, d.channel, d.address, d.generation, d.state, d.reason, d.tries,
    d.message_id, d.reference, case when d.state = 'queued' then d.not_before end as not_before, d.updated_at as at
from deliveries d
left join projects p on p.key = d.project
where (cast($1 as text) is null or d.state = $1)
    and (cast($2 as text) is null or p.id = $2)
    and (cast($3 as text) is null or d.schedule = $3)
    and (cast($4 as text) is null or lower(d.address) = lower($4))
order by d.id desc
limit $5
