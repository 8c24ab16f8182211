-- What owners haven't heard yet of deliveries that ended badly, by project and kind of event; what went to owners
-- themselves is never told. Caller: housekeeping. Index: deliveries_untold.
select d.project, case
        when d.state = 'failed' and d.reason in ('unknown', 'address_marked') then d.reason
        when d.state = 'failed' and d.reason in ('relay_takes_no_such_address', 'address_not_sendable', 'mail_not_composable',
            'media_type_not_sendable') then 'unsendable'
        else d.state
    end as event
from deliveries d
where d.told_at is null and d.state in ('failed', 'expired', 'uncertain', 'bounced', 'complained') and d.kind <> 'owner'
    and coalesce(d.reason, '') <> 'settled_by_hand'
group by 1, 2
order by 1, 2
