-- What is known of projects that are to be judged ($1: now, $2: JSON list), without their brands, which can be large; those
-- that somebody else judged meanwhile aren't there. All in one JSON list, for rows cost more to hand over than to find; times
-- in microseconds. By: evaluate_rules. Index: primary key.
select json_group_array(json_array(project, due_at, version, id, zone, currency, settings, status, paid_until, as_of)) as packed
from (
    select e.project, e.due_at, e.version, p.id, p.zone, p.currency,
        case when instr(p.settings, '"brand"') then json_remove(p.settings, '$.brand') else p.settings end as settings,
        s.status, s.paid_until, s.as_of
    from json_each($2) w
    cross join evaluations e on e.project = w.value and e.due_at <= $1
    join projects p on p.key = e.project and p.retired_at is null
    left join standings s on s.project = e.project
)
