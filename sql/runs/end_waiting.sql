-- Ends a run that waits: $2 skipped or failed, $3 why. Caller: wait_for_data. Index: primary key.
update runs
set state = $2, reason = $3, updated_at = $4
where id = $1 and state = 'waiting_for_data' and wait_let_go is null
