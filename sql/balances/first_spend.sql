-- When the first spend of a balance was told of. $1 project, $2 balance. By: `forecast`. Index: balance_entries_by_time.
select at from balance_entries
where project = $1 and balance = $2 and kind in ('usage', 'fixed')
order by at
limit 1
