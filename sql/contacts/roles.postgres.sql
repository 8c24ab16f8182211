-- Roles of the contacts that contacts/named gives. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from jsonb_array_elements_text($1::jsonb) w (wanted)
cross join lateral (select * from contact_roles r where r.contact = w.wanted offset 0) r
cross join lateral (select * from projects p where p.key = r.project offset 0) p
where p.retired_at is null
order by r.contact, p.id, r.role
