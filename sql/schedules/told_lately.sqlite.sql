-- Occurrences of schedules that fired after an instant of each, samples aside. $1: JSON list of [id, microseconds]. Callers: apply,
-- for schedules whose zone changes; fire_schedules, for those that are due. Index: runs_by_instant.
select r.schedule, r.occurrence
from json_each($1) asked
join runs r on r.schedule = asked.value ->> 0 and r.fires_at > asked.value ->> 1
where not r.is_sample
