-- The same as `take`: whoever writes holds the whole file, so all are free. Says that projects were judged, each only if nothing changed meanwhile; those of which it is true come back.
-- $1: JSON list of [project, version, microseconds of the next look]. By: evaluate_rules. Index: primary key.
update evaluations set due_at = w.value ->> 2, version = version + 1
from json_each($1) w
where evaluations.project = w.value ->> 0 and evaluations.version = w.value ->> 1
returning evaluations.project
