-- Says that projects were judged, each only if nothing changed meanwhile and nobody holds it just now: that is judged again;
-- those of which it is true come back. $1: JSON list of [project, version, microseconds of
-- the next look]. By: evaluate_rules. Index: primary key.
with free as (
    select e.project, (w.item ->> 2)::bigint as next
    from jsonb_array_elements($1::jsonb) w (item)
    join evaluations e on e.project = (w.item ->> 0)::bigint and e.version = (w.item ->> 1)::bigint
    for update of e skip locked
)
update evaluations set due_at = timestamptz 'epoch' + free.next * interval '1 microsecond', version = evaluations.version + 1
from free
where evaluations.project = free.project
returning evaluations.project
