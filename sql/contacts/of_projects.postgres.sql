-- Who has a role in projects ($1: JSON list). Callers: building, notices. Index: contact_roles_by_project.
select distinct r.project, r.contact
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from contact_roles r where r.project = cast(w.wanted as bigint) offset 0) r
