-- Entries that stand already under these ids. $1 project, $2 balance, $3 JSON list of ids. By: store/balances.
-- Index: primary key.
select id, at, kind, amount, what from balance_entries
where project = $1 and balance = $2 and id in (select value from json_each($3))
