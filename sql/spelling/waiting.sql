-- Mails that wait, with their addresses. Caller: migrate, once. Index: deliveries_by_patience.
select id, address from deliveries
where state in ('queued', 'held') and channel = 'email'
order by give_up_at
