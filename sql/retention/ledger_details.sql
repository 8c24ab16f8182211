-- Takes details that name an address from the ledger's lines after $1 up to $2. Caller: forget. Index: primary key.
update ledger set detail = null where id > $1 and id <= $2 and detail like '%@%'
