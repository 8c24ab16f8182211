-- Runs whose builder was never heard of again become due, or failed when that happened $2 times.
-- Caller: housekeeping.
-- Index: runs_open, whose condition is repeated, because SQLite takes a partial index for nothing else.
update runs
set state = case when tries >= $2 then 'failed' else 'due' end,
    reason = case when tries >= $2 then 'builder_died' else null end,
    lease_until = null, lease_token = null, updated_at = $1
where state in ('due', 'waiting_for_data', 'building') and state = 'building' and lease_until <= $1
returning id, state, schedule, occurrence, project
