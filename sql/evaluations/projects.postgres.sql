-- What is known of projects that are to be judged ($1: now, $2: JSON list), without their brands, which can be large; those
-- that somebody else judged meanwhile aren't there. All in one JSON list, for rows cost more to hand over than to find; times
-- in microseconds. By: evaluate_rules. Index: evaluations_pkey.
select cast(coalesce(json_agg(json_build_array(
    d.project, (date_part('epoch', d.due_at) * 1000000)::bigint, d.version, d.id, d.zone, d.currency, d.settings, d.status,
    d.paid_until, (date_part('epoch', d.as_of) * 1000000)::bigint
)), '[]') as text) as packed
from (
    select e.project, e.due_at, e.version, p.id, p.zone, p.currency,
        case when position('"brand"' in p.settings) > 0 then cast(p.settings::jsonb - 'brand' as text) else p.settings end as settings, s.status, s.paid_until, s.as_of
    from jsonb_array_elements_text($2::jsonb) w (project)
    join evaluations e on e.project = cast(w.project as bigint) and e.due_at <= $1
    join projects p on p.key = e.project and p.retired_at is null
    left join standings s on s.project = e.project
) d
