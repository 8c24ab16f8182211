-- Deliveries of a kind ($1) whose outcome isn't known, that nobody has given up ($2: now), and that went again by themselves
-- fewer than $3 times. Only what its receiver can know again: a mail has its Message-ID, a call of a webhook its id; a chat or a
-- phone would show it twice. Caller: housekeeping.
-- Index: deliveries_in_flight, whose condition is repeated, because SQLite takes a partial index for nothing else; ledger_by_delivery.
select * from (
    select d.id, d.state, d.kind, d.handed_at, d.give_up_at,
        (
            select count(*) from ledger l where l.delivery = d.id and l.reason = 'sent_again_when_unknown'
        ) as repeats
    from deliveries d
    where d.state in ('claimed', 'handed', 'refused', 'uncertain', 'held')
        and d.state = 'uncertain' and d.kind = $1 and d.give_up_at > $2 and d.channel in ('email', 'webhook')
) as known
where repeats < $3
order by id limit $4
