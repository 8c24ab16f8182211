-- Gives back what was taken under this token and not finished. Caller: build_reports, when it is told to stop.
-- Index: runs_open, whose condition is repeated, because SQLite takes a partial index for nothing else.
update runs
set state = 'due', lease_until = null, lease_token = null, tries = tries - 1, updated_at = $2
where state in ('due', 'waiting_for_data', 'building') and state = 'building' and lease_token = $1
returning id
