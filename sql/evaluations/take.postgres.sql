-- Says that projects were judged, each only if nothing changed meanwhile; those of which it is true come back. Whoever holds one is
-- waited for: see `take_free`. $1: JSON list of [project, version, microseconds of the next look], in order. By: evaluate_rules.
-- Index: primary key.
update evaluations
set due_at = timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond', version = evaluations.version + 1
from jsonb_array_elements($1::jsonb) w (item)
where evaluations.project = (w.item ->> 0)::bigint and evaluations.version = (w.item ->> 1)::bigint
returning evaluations.project
