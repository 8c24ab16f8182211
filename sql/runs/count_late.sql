-- How many due runs belong to a backlog: they should have been made before $1. Caller: fire_schedules. Index: runs_open.
select count(*) from runs where state = 'due' and fires_at < $1
