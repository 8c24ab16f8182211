-- Every step of a delivery, oldest first. Callers: explain, the API, tests. Index: ledger_by_delivery.
select at, from_state, to_state, reason, detail, actor from ledger where delivery = $1 order by id
