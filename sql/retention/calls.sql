-- Up to $3 calls that came in before $1 and began before $2. Caller: forget. Index: call_details_by_age, calls.id (unique).
select d.id
from call_details d
left join calls c on c.id = d.id
where d.first_seen_at < $1 and coalesce(c.started_at, d.first_seen_at) < $2
order by d.first_seen_at
limit $3
