-- Roles of the contacts that contacts/named gives. Index: primary key.
select r.contact, r.project as project_key, p.id as project, r.role
from jsonb_array_elements_text($1::jsonb) w (wanted)
join contact_roles r on r.contact = w.wanted
join projects p on p.key = r.project
where p.retired_at is null
order by r.contact, p.id, r.role
