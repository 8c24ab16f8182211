-- Contacts by their ids ($1: JSON list), unless retired. Callers: building, notices, the gate. Index: primary key.
select c.id, c.name, c.language, c.zone, c.active, c.applied_by, c.settings
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from contacts c where c.id = w.wanted offset 0) c
where c.retired_at is null
order by c.id
