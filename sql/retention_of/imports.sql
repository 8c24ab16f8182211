-- Accounts of a project's imports that began before $2 and ended. $1 project, $3 how many. By: store/retention_of.
-- Index: primary key.
select id from imports where project = $1 and started_at < $2 and state <> 'running' order by id limit $3
