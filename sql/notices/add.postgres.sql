-- Adds notices ($1: JSON list, $2: now) but those whose key was posted before; id and key of the new ones come back.
-- Callers: notify::post. Index: unique (dedup_key).
insert into notices (project, kind, run, dedup_key, created_at, give_up_at)
select item.project, item.kind, item.run, item.dedup_key, $2, timestamptz 'epoch' + item.give_up_at * interval '1 microsecond'
from jsonb_to_recordset($1::jsonb) as item (
    place bigint, project bigint, kind text, run bigint, dedup_key text, give_up_at bigint
)
order by item.place
on conflict (dedup_key) do nothing
returning id, dedup_key
