-- Every report that isn't retired. Callers: apply, list. Index: primary key.
select r.id, r.sections, r.filters, r.options, r.applied_by
from reports r
where r.retired_at is null
order by r.id
