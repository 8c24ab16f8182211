-- Every step of a run, oldest first. Caller: explain. Index: ledger_by_run.
select at, from_state, to_state, reason, detail, actor from ledger where run = $1 order by id
