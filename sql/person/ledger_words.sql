-- Takes the other side's words from the ledger of a delivery. $1 delivery. By: store/person. Index: ledger_by_delivery.
update ledger set detail = null where delivery = $1 and detail is not null
