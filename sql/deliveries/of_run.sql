-- Where the deliveries of a run's notice stand ($1: run), not those that somebody asked for again; `is_waiting`: goes by
-- itself, now or later. Caller: send-now. Index: notices.run, deliveries_by_notice.
select cast(sum(case when d.state = 'accepted' then 1 else 0 end) as bigint) as accepted,
    cast(sum(case when d.state in ('queued', 'claimed', 'held', 'handed') then 1 else 0 end) as bigint) as waiting,
    count(*) as total
from deliveries d
join notices n on n.id = d.notice
where n.run = $1 and d.generation = 1
