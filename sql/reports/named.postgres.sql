-- Reports by their names ($1: JSON list), unless retired. Callers: building, commands. Index: primary key.
select r.id, r.sections, r.filters, r.options, r.applied_by
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from reports r where r.id = w.wanted offset 0) r
where r.retired_at is null
