-- Deliveries of warnings about money, or of messages that tell some, that ended without being read and weren't looked at yet,
-- with the notices that they tell; not while somebody may get the same yet. $1: those after this one, $2: at most. Caller: the
-- job that tells somebody else. Index: deliveries_unheard, whose condition is repeated, because SQLite takes a partial index for
-- nothing else; deliveries_folded, deliveries_by_notice.
select d.id, coalesce(m.notice, d.notice) as notice, case when d.kind = 'digest' and m.id is null then false else true end as warns
from deliveries d
left join deliveries m on d.kind = 'digest' and m.folded_into = d.id
where d.looked_at is null and d.state in ('suppressed', 'failed', 'expired', 'bounced')
    and d.kind in ('digest', 'paid_until', 'funds', 'low_balance', 'balance_negative', 'status', 'trial', 'topup_failed')
    and d.id > $1
    and not exists (
        select 1 from deliveries o
        where o.notice = coalesce(m.notice, d.notice) and o.folded_into is null
            and o.state in ('queued', 'claimed', 'held', 'handed', 'refused', 'uncertain')
    )
order by d.id limit $2
