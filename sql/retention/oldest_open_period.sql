-- The earliest moment that a run which isn't made yet, or a narrower variant that isn't, may still read.
-- Caller: forget. Index: runs_open, deliveries_unmade.
select min(begins) as begins
from (
    select coalesce(compare_from, period_from) as begins
    from runs
    where state in ('due', 'waiting_for_data', 'building')
    union all
    select coalesce(r.compare_from, r.period_from) as begins
    from deliveries d
    join notices n on n.id = d.notice
    join runs r on r.id = n.run
    where d.state = 'queued' and d.variant is null
) pending
