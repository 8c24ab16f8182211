-- A lane couldn't be used: it is shut for a while. Callers: the sending loop. Index: primary key.
update lanes set failures = failures + 1, shut_until = $2, last_error = $3, updated_at = $4 where id = $1
