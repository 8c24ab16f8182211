-- Those of some contacts ($1: JSON list of ids) that have a project still to be judged ($2: now).
-- By: the job that joins warnings. Index: primary keys.
select w.contact
from jsonb_array_elements_text($1::jsonb) w (contact)
where exists (
    select 1 from contact_roles r
    join evaluations e on e.project = r.project and e.due_at <= $2
    join projects p on p.key = r.project and p.retired_at is null
    where r.contact = w.contact
)
