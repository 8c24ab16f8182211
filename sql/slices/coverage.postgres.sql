-- All that the sources of these projects said they cover.
-- $1: [project, …]. Caller: store::slices. Index: primary key of source_coverage.
select c.source, c.covers_from, c.covers_to
from sources s
join source_coverage c on c.source = s.id
where s.project in (select value::bigint from jsonb_array_elements_text($1::jsonb))
