-- What was made for an address ($1, null: none; $5 stands in its place where it isn't kept any longer), of one schedule ($2)
-- or all, of one run ($3) or all; and the one with a reference ($4; null: none) or an id ($6). Newest first. Caller: explain.
-- With the reference and state of the message that tells it instead, and how many it tells itself.
-- Index: deliveries_by_address, deliveries.reference (unique), deliveries_folded.
select d.id, n.run, d.project, d.schedule, d.occurrence, d.kind, d.channel, d.address, d.generation, d.state, d.reason, d.reply, d.tries,
       d.lane, d.created_at, d.not_before, d.give_up_at, d.handed_at, d.settled_at, d.reference, d.joins, o.reference as told_in, o.state as told_in_state,
       (select count(*) from deliveries m where m.folded_into = d.id) as told_with_it
from deliveries d
join notices n on n.id = d.notice
left join deliveries o on o.id = d.folded_into
where d.id in (
    select id from deliveries where lower(address) in (lower(cast($1 as text)), $5)
    union all
    select id from deliveries where reference = cast($4 as text)
    union all
    select id from deliveries where id = cast($6 as bigint)
)
  and (cast($2 as text) is null or d.schedule = $2)
  and (cast($3 as bigint) is null or n.run = $3)
order by d.created_at desc, d.id desc
limit 50
