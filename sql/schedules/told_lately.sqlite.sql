-- Occurrences of the schedules $1 ([id, …]) that fired after $2, samples aside. Caller: apply, for schedules whose zone
-- changes. Index: runs_by_instant.
select r.schedule, r.occurrence
from json_each($1) asked
join runs r on r.schedule = asked.value and r.fires_at > $2
where not r.is_sample
