-- Removes up to $2 of the $3 oldest deliveries: those made before $1 that ended. Caller: forget. Index: primary key.
delete from deliveries
where id in (
    select id from (select id, state, created_at from deliveries order by id limit $3) oldest
    where created_at < $1
      and state in ('accepted', 'failed', 'bounced', 'complained', 'folded', 'suppressed', 'cancelled', 'expired')
    order by id
    limit $2
)
returning id, coalesce(project, 0) as project, kind, channel, state, created_at
