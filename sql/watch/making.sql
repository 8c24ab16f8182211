-- Runs that are due and not made, by project: since when, and how many. Caller: the watch. Index: runs_open, whose condition is
-- repeated, because SQLite takes a partial index for nothing else.
select project, min(created_at) as since, count(*) as late
from runs
where state in ('due', 'waiting_for_data', 'building') and state in ('due', 'building') and not is_sample
group by project
