-- The owner of a held run has been told at $3; it is given up at $2. Caller: wait_for_data. Index: primary key.
update runs
set wait_until = $2, wait_told_at = $3, updated_at = $3
where id = $1 and state = 'waiting_for_data' and wait_let_go is null and wait_told_at is null
