-- Adds notices ($1: JSON list, $2: now) but those whose key was posted before; id and key of the new ones come back.
-- Callers: notify::post. Index: unique (dedup_key).
insert into notices (project, kind, run, dedup_key, created_at, give_up_at)
select value ->> 'project', value ->> 'kind', value ->> 'run', value ->> 'dedup_key', $2, value ->> 'give_up_at'
from json_each($1)
where true
order by key
on conflict (dedup_key) do nothing
returning id, dedup_key
