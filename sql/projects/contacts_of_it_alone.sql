-- Contacts who have roles in this project and in no other. $1 project. By: store/belongs. Index: contact_roles_by_project.
select distinct r.contact
from contact_roles r
where r.project = $1 and not exists (select 1 from contact_roles o where o.contact = r.contact and o.project <> $1)
