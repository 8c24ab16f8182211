-- Deliveries of warnings about money, or of messages that tell some, that ended without being read and weren't looked at yet,
-- with the notices that they tell. Caller: the job that tells somebody else. Index: deliveries_unheard, whose condition is
-- repeated, because SQLite takes a partial index for nothing else; deliveries_folded.
select d.id, coalesce(m.notice, d.notice) as notice, case when d.kind = 'digest' and m.id is null then false else true end as warns
from deliveries d
left join deliveries m on d.kind = 'digest' and m.folded_into = d.id
where d.looked_at is null and d.state in ('suppressed', 'failed', 'expired', 'bounced')
    and d.kind in ('digest', 'paid_until', 'funds', 'low_balance', 'balance_negative', 'status', 'trial', 'topup_failed')
order by d.id limit $1
