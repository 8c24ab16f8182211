-- The next 500 callers, by project and number. $1 project and $2 number of the last one. By: store/callbacks.
-- Index: calls_by_client.
select project, client from calls
where client is not null and (project, client) > ($1, $2)
group by project, client
order by project, client
limit 500
