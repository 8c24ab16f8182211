-- Every lane. Callers: the sending loop, /status. Index: none, there are few.
select id, failures, shut_until, held_reason, tokens, refilled_at, last_error, updated_at from lanes order by id
