-- Says that projects were judged, each only if nothing changed meanwhile; those of which it is true come back. Nobody is
-- waited for: what another transaction holds just now is judged again. $1: JSON list of [project, version, microseconds of
-- the next look]. By: evaluate_rules. Index: primary key.
with wanted as (
    select (w.item ->> 0)::bigint as project, (w.item ->> 1)::bigint as version, (w.item ->> 2)::bigint as next
    from jsonb_array_elements($1::jsonb) w (item)
), free as (
    select e.project from evaluations e
    join wanted w on w.project = e.project and w.version = e.version
    for update of e skip locked
)
update evaluations set due_at = timestamptz 'epoch' + w.next * interval '1 microsecond', version = evaluations.version + 1
from wanted w
join free f on f.project = w.project
where evaluations.project = w.project and evaluations.version = w.version
returning evaluations.project
