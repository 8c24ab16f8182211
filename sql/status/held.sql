-- How many runs are held for missing calls beyond the time that others wait. Caller: the status page. Index: runs_waiting.
select count(*) from runs where state = 'waiting_for_data' and wait_told_at is not null and wait_let_go is null
