-- Deliveries of a project made before $2 that ended and still show their address. $1 project, $3 how many.
-- By: store/retention_of. Index: deliveries_to_hide.
select id, address
from deliveries
where project = $1 and created_at < $2 and not address_hidden
  and state in ('accepted', 'failed', 'bounced', 'complained', 'folded', 'suppressed', 'cancelled', 'expired')
order by created_at
limit $3
