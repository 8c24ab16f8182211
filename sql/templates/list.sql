-- Every template that isn't retired. Caller: apply. A handful of rows.
select id, body, applied_by
from templates
where retired_at is null
order by id
