-- Occurrences of the schedules $1 ([id, …]) that fired after $2, samples aside. Caller: apply, for schedules whose zone
-- changes. Index: runs_by_instant.
select r.schedule, r.occurrence
from jsonb_array_elements_text($1::jsonb) asked (value)
cross join lateral (select * from runs r where r.schedule = asked.value and r.fires_at > $2 offset 0) r
where not r.is_sample
