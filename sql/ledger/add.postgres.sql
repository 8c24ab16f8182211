-- Adds steps to the ledger ($1: JSON list, $2: now). Callers: everything that moves a delivery, fire_schedules, build_reports.
insert into ledger (at, project, run, delivery, from_state, to_state, reason, detail, actor)
select $2, cast(value ->> 'project' as bigint), cast(value ->> 'run' as bigint), cast(value ->> 'delivery' as bigint), value ->> 'from', value ->> 'to',
    value ->> 'reason', value ->> 'detail', value ->> 'actor'
from jsonb_array_elements($1::jsonb) with ordinality as item (value, key)
order by key
