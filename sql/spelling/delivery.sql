-- Spells the address of a mail that waits ($1) anew ($2), unless the notice has one to that address. Caller: migrate, once.
-- Index: primary key, the unique one of a notice and an address.
update deliveries set address = $2
where id = $1 and not exists (
    select 1 from deliveries o
    where o.notice = deliveries.notice and o.channel = 'email' and o.address = $2 and o.generation = deliveries.generation
)
