-- How many runs stand in each state that isn't final. Caller: the status page. Index: runs_open.
select state, count(*) as count from runs where state in ('due', 'waiting_for_data', 'building') group by state order by state
