-- Removes a delivery. $1 its number. By: store/retention_of. Index: primary key.
delete from deliveries where id = $1 returning id, coalesce(project, 0) as project, kind, channel, state, created_at
