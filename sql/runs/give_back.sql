-- Gives back what was taken under this token and not finished. Caller: build_reports, when it is told to stop.
-- Index: runs_open.
update runs
set state = 'due', lease_until = null, lease_token = null, tries = tries - 1, updated_at = $2
where state = 'building' and lease_token = $1
returning id
