-- Removes the ledger's lines of a run that is gone. Caller: forget. Index: ledger_by_run.
delete from ledger where run = $1
