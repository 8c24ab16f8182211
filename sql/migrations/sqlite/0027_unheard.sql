-- A warning about money that reached none of its readers is told to somebody else: what ended without being read is looked at
-- once. What ended before this version isn't looked at any more.
alter table deliveries add column looked_at integer;
update deliveries set looked_at = created_at where state in ('suppressed', 'failed', 'expired', 'bounced');
create index deliveries_unheard on deliveries (id)
    where looked_at is null and state in ('suppressed', 'failed', 'expired', 'bounced')
        and kind in ('digest', 'paid_until', 'funds', 'low_balance', 'balance_negative', 'status', 'trial', 'topup_failed');
