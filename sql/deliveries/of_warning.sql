-- How all deliveries of a warning ($1: its notice) stand; of one that another message tells, how that one does.
-- Caller: the job that tells somebody else. Index: deliveries_by_notice.
select d.contact, d.channel, d.address, d.variant, d.priority, coalesce(o.state, d.state) as state,
    coalesce(case when o.id is null then d.reason else o.reason end, '') as reason
from deliveries d
left join deliveries o on o.id = d.folded_into
where d.notice = $1
order by d.id
