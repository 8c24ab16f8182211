-- A waiting run's schedule was edited: it waits until $2, is held then or not ($3), for this ($4, JSON); one whose owner
-- was told and that is held on keeps its time. Caller: apply. Index: primary key.
update runs
set wait_until = case when $3 and wait_told_at is not null then wait_until else $2 end,
    wait_told_at = case when $3 then wait_told_at end,
    wait_holds = $3, wait_for = $4, updated_at = $5
where id = $1 and state = 'waiting_for_data' and wait_let_go is null
