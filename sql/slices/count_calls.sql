-- How many calls started in a period. Caller: store::slices. Index: primary key of calls, calls_by_start.
select count(*) from calls where project = $1 and started_at >= $2 and started_at < $3
