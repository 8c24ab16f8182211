-- Forgets what moved a balance. $1 project, $2 name. By: funds, which notes it in the audit. Index: primary key.
delete from balance_entries where project = $1 and balance = $2
