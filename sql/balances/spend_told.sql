-- Since when and to when the spend of a balance was told: from the first usage, else the first fixed charge, to the last usage.
-- $1 project, $2 balance. By: `forecast`. Index: balance_entries_by_time.
select coalesce((
        select at from balance_entries where project = $1 and balance = $2 and kind = 'usage' order by at limit 1
    ), (
        select at from balance_entries where project = $1 and balance = $2 and kind = 'fixed' order by at limit 1
    )) as first_spend, (
        select at from balance_entries where project = $1 and balance = $2 and kind = 'usage' order by at desc limit 1
    ) as last_usage
