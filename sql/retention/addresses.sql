-- Up to $2 deliveries made before $1 that ended and still show their address. Caller: forget. Index: deliveries_to_hide.
select id, address from deliveries
where created_at < $1 and not address_hidden
  and state in ('accepted', 'failed', 'bounced', 'complained', 'folded', 'suppressed', 'cancelled', 'expired')
order by created_at
limit $2
