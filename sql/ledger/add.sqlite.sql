-- Adds steps to the ledger ($1: JSON list, $2: now). Callers: everything that moves a delivery, fire_schedules, build_reports.
insert into ledger (at, project, run, delivery, from_state, to_state, reason, detail, actor)
select $2, value ->> 'project', value ->> 'run', value ->> 'delivery', value ->> 'from', value ->> 'to', value ->> 'reason',
    value ->> 'detail', value ->> 'actor'
from json_each($1)
order by key
