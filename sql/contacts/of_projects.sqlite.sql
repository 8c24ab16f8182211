-- Who has a role in projects ($1: JSON list). Callers: building, notices. Index: contact_roles_by_project.
select distinct r.project, r.contact
from json_each($1) w
cross join contact_roles r on r.project = w.value
