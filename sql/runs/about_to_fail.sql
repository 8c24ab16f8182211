-- Runs whose builder was never heard of again the $2th time: what to tell of them is made before they fail.
-- Caller: housekeeping. Index: runs_open.
select id, 'failed' as state, schedule, occurrence, project
from runs
where state = 'building' and lease_until <= $1 and tries >= $2
