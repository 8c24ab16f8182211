-- Holds on to every run taken under this token. Caller: build_reports, while it computes.
-- Index: runs_open, whose condition is repeated, because SQLite takes a partial index for nothing else.
update runs set lease_until = $2
where state in ('due', 'waiting_for_data', 'building') and state = 'building' and lease_token = $1
