-- Every report that isn't retired, or the one named. Callers: apply, list, building. Index: primary key.
-- One value, or all, as a span (text sorts before blobs): `is null or` would walk through the whole table.
select id, sections, filters, options, applied_by
from reports
where retired_at is null and id >= coalesce($1, '') and id <= coalesce($1, x'')
order by id
