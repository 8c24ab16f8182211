-- Projects to be judged ($1: now), the longest due first, at most $2, of those whose number divided by $3 leaves $4; without
-- their brands, which can be large. All in one JSON list, for rows cost more to hand over than to find; times in microseconds.
-- By: evaluate_rules. Index: evaluations_due.
select json_group_array(json_array(project, due_at, version, id, zone, currency, settings, status, paid_until, as_of)) as packed
from (
    select e.project, e.due_at, e.version, p.id, p.zone, p.currency,
        case when instr(p.settings, '"brand"') then json_remove(p.settings, '$.brand') else p.settings end as settings,
        s.status, s.paid_until, s.as_of
    from evaluations e
    join projects p on p.key = e.project and p.retired_at is null
    left join standings s on s.project = e.project
    where e.due_at <= $1 and e.project % $3 = $4
    order by e.due_at
    limit $2
)
