-- How many entries of a balance were told. $1 project, $2 name. By: `balance remove --dry-run`. Index: balance_entries_by_time.
select count(*) from balance_entries where project = $1 and balance = $2
