-- A due run waits for calls until $2; $3 when it began, $4 for what (JSON), $5 whether it is held when the time is up.
-- Caller: fire_schedules, in the transaction that makes the run. Index: primary key.
update runs
set state = 'waiting_for_data', wait_until = $2, wait_began_at = $3, wait_for = $4, wait_holds = $5, updated_at = $6
where id = $1 and state = 'due'
