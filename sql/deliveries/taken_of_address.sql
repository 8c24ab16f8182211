-- What relays answered for an address's mails since $2, newest first. Caller: a service's event that names a mail by the
-- relay's own id. Index: deliveries_by_address.
select id, reply from deliveries
where lower(address) = lower($1) and created_at >= $2 and channel = 'email' and state in ('accepted', 'uncertain', 'bounced', 'complained')
    and reply is not null
order by created_at desc limit 500
