-- Removes the ledger's lines of a delivery that is gone. Caller: forget. Index: ledger_by_delivery.
delete from ledger where delivery = $1
