-- Forgets a balance. $1 project, $2 name. By: funds, which notes it in the audit. Index: primary key.
delete from balances where project = $1 and name = $2
