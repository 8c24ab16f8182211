-- What is known of projects that are to be judged ($1: now, $2 and $3: spans of keys, from and to), without their brands, which can
-- be large; those that somebody else judged meanwhile aren't there. A list a column, for rows cost more to hand over than to find, and
-- each table by spans, for to walk along a thousand neighbours costs a tenth of looking for each. By: evaluate_rules.
-- Index: primary keys.
with spans as materialized (
    select w.first, w.last from unnest($2::bigint[], $3::bigint[]) w (first, last)
), due as materialized (
    select e.project, e.due_at, e.version from spans w join evaluations e on e.project between w.first and w.last
    where e.due_at <= $1
), named as materialized (
    select p.key, p.id, p.zone, p.currency,
        case when position('"brand"' in p.settings) > 0 then cast(p.settings::jsonb - 'brand' as text) else p.settings end as settings
    from spans w join projects p on p.key between w.first and w.last
    where p.retired_at is null
), stand as materialized (
    select s.project, s.status, s.paid_until, s.as_of from spans w join standings s on s.project between w.first and w.last
)
select coalesce(array_agg(d.project), '{}') as project, coalesce(array_agg(d.due_at), '{}') as due_at,
    coalesce(array_agg(d.version), '{}') as version, coalesce(array_agg(p.id), '{}') as id,
    coalesce(array_agg(p.zone), '{}') as zone, coalesce(array_agg(p.currency), '{}') as currency,
    coalesce(array_agg(p.settings), '{}') as settings, coalesce(array_agg(s.status), '{}') as status,
    coalesce(array_agg(s.paid_until), '{}') as paid_until, coalesce(array_agg(s.as_of), '{}') as as_of
from due d
join named p on p.key = d.project
left join stand s on s.project = d.project
