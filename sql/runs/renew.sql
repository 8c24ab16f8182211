-- Holds on to every run taken under this token. Caller: build_reports, while it computes. Index: runs_open.
update runs set lease_until = $2 where state = 'building' and lease_token = $1
