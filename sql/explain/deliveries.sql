-- What was made for an address ($1; $5 stands in its place when it isn't kept any longer), of one schedule ($2) or all, of one run ($3) or all; or the one with a reference
-- ($4). Newest first. Caller: explain. Index: deliveries_by_address, deliveries.reference (unique).
select d.id, n.run, d.project, d.schedule, d.occurrence, d.kind, d.address, d.generation, d.state, d.reason, d.reply, d.tries,
       d.lane, d.created_at, d.not_before, d.give_up_at, d.handed_at, d.settled_at, d.reference
from deliveries d
join notices n on n.id = d.notice
where (cast($1 as text) is null or lower(d.address) in (lower($1), $5))
  and (cast($2 as text) is null or d.schedule = $2)
  and (cast($3 as bigint) is null or n.run = $3)
  and (cast($4 as text) is null or d.reference = $4)
order by d.created_at desc, d.id desc
limit 50
