-- What moved a balance in a span, by time. $1 project, $2 balance, $3 from, $4 to (half-open). By: `forecast`.
-- Index: balance_entries_by_time.
select id, at, kind, amount, what from balance_entries
where project = $1 and balance = $2 and at >= $3 and at < $4
order by at, id
