-- Lets a waiting run go, at $3, for the reason $2. Callers: whoever states coverage; send-now. Index: primary key.
update runs
set wait_let_go = $2, wait_until = $3, updated_at = $3
where id = $1 and state = 'waiting_for_data' and wait_let_go is null
