-- The first kept call of each of these projects.
-- $1: [project, …]. Caller: store::slices. Index: calls_by_start, one step each.
select p.value::bigint as project, (select min(c.started_at) from calls c where c.project = p.value::bigint) as started_at
from jsonb_array_elements_text($1::jsonb) p
