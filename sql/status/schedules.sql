-- How many schedules there are, how many are overdue at $1, and when the first and next ones fire.
-- Caller: the status page. Index: schedules_due.
select (select count(*) from schedules where retired_at is null) as total,
       (select count(*) from schedules where next_fire_at <= $1 and retired_at is null) as overdue,
       (select min(next_fire_at) from schedules where next_fire_at is not null and retired_at is null) as next_fire_at
