-- When the first of all that falls due by time does, or did: a schedule, a run (at once, or when its wait is over), a delivery that
-- is queued, held or lacks its variant, a project's money, the end of a silence or a pause, the lease of what somebody took and didn't
-- end. Caller: the alarm of `serve`.
-- Index: schedules_due, runs_open, runs_wait_ends, deliveries_to_send, deliveries_unmade, deliveries_in_flight, evaluations_due,
-- silences_in_force, suppressions_that_end; conditions of partial ones are repeated, because SQLite takes them for nothing else.
select min(due.at) as at
from (
    select min(next_fire_at) as at from schedules where next_fire_at is not null and retired_at is null
    union all
    select * from (
        select coalesce(wait_until, timestamptz 'epoch') from runs
        where state in ('due', 'waiting_for_data', 'building') and state = 'due' order by fires_at limit 1
    ) first_run
    union all
    select min(wait_until) from runs where state = 'waiting_for_data'
    union all
    select min(not_before) from deliveries where state = 'queued' and variant is not null
    union all
    select * from (select timestamptz 'epoch' from deliveries where state = 'queued' and variant is null limit 1) unmade
    union all
    select min(not_before) from deliveries
    where state in ('claimed', 'handed', 'refused', 'uncertain', 'held') and state = 'held'
    union all
    select min(lease_until) from runs where state in ('due', 'waiting_for_data', 'building') and state = 'building'
    union all
    select min(lease_until) from deliveries
    where state in ('claimed', 'handed', 'refused', 'uncertain', 'held') and state in ('claimed', 'handed')
    union all
    select min(until) from silences where ended_at is null
    union all
    select min(until) from suppressions where until is not null and lifted_at is null
    union all
    select * from (
        select e.due_at from evaluations e join projects p on p.key = e.project and p.retired_at is null
        order by e.due_at limit 1
    ) first_project
) due
