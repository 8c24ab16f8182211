-- Deliveries of a project made before $2 that ended. $1 project, $3 how many. By: store/retention_of. Index: primary key.
select id from deliveries
where project = $1 and created_at < $2
  and state in ('accepted', 'failed', 'bounced', 'complained', 'folded', 'suppressed', 'cancelled', 'expired')
order by id
limit $3
