-- Runs whose builder was never heard of again the $2th time: what to tell of them is made before they fail.
-- Caller: housekeeping.
-- Index: runs_open, whose condition is repeated, because SQLite takes a partial index for nothing else.
select id, 'failed' as state, schedule, occurrence, project
from runs
where state in ('due', 'waiting_for_data', 'building')
    and state = 'building' and lease_until <= $1 and tries >= $2
