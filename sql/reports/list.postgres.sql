-- Every report that isn't retired, or the one named. Callers: apply, list, building. Index: primary key.
select id, sections, filters, options, applied_by
from reports
where retired_at is null and (cast($1 as text) is null or id = $1)
order by id
