-- The first kept call of each of these projects.
-- $1: [project, …]. Caller: store::slices. Index: primary key of calls, one step each.
select p.value as project, (select min(c.started_at) from calls c where c.project = p.value) as started_at
from json_each($1) p
