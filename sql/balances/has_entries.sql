-- Whether anything that moved a balance was told. $1 project, $2 balance. By: funds, where a fact names another currency.
-- Index: balance_entries_by_time.
select 1 from balance_entries where project = $1 and balance = $2 limit 1
