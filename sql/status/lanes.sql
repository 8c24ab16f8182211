-- Every lane and how it does. Caller: the status page. Index: primary key; there are few.
select id, failures, shut_until, held_reason, last_error from lanes order by id
