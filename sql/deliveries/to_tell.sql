-- Deliveries that ended badly and whose owner hasn't heard: those of one project ($1; null: of none) and kind of event ($2).
-- Caller: housekeeping. Index: deliveries_untold.
select d.id, d.kind, d.schedule, d.occurrence, d.address, d.state, d.reason, d.reply, d.reference
from deliveries d
where d.told_at is null and d.state in ('failed', 'expired', 'uncertain', 'bounced', 'complained') and d.kind <> 'owner'
    and coalesce(d.reason, '') <> 'settled_by_hand'
    and coalesce(d.project, 0) = coalesce(cast($1 as bigint), 0)
    and case
        when d.state = 'failed' and d.reason in ('unknown', 'address_marked') then d.reason
        when d.state = 'failed' and d.reason in ('relay_takes_no_such_address', 'address_not_sendable', 'mail_not_composable',
            'media_type_not_sendable') then 'unsendable'
        else d.state
    end = $2
order by d.id limit $3
