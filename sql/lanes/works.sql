-- A lane took a message after it had failed; one that was on its way when the lane was held doesn't end the hold.
-- Callers: the sending loop. Index: primary key.
update lanes set failures = 0, shut_until = null, held_reason = null, last_error = null, updated_at = $2
where id = $1 and failures > 0 and (held_reason is null or shut_until is null or shut_until <= $2)
