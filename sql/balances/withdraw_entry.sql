-- Takes back what somebody told wrong; no row comes back where there was none. $1 project, $2 balance, $3 id. By: funds, which
-- keeps it in the audit. Index: primary key.
delete from balance_entries where project = $1 and balance = $2 and id = $3
returning id, at, kind, amount, what
