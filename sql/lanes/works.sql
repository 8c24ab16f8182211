-- A lane took a message after it had failed. Callers: the sending loop. Index: primary key.
update lanes set failures = 0, shut_until = null, held_reason = null, last_error = null, updated_at = $2
where id = $1 and failures > 0
