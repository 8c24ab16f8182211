-- The contact of a project that has this address, and its name. Callers: resend. Index: contact_roles_by_project.
select c.id, c.name
from contact_roles r
join contacts c on c.id = r.contact and c.retired_at is null
join contact_addresses a on a.contact = c.id
where r.project = $1 and a.channel = $2 and lower(a.address) = lower($3)
order by c.id
limit 1
