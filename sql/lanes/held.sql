-- A lane refuses what it shouldn't: nothing goes for a while, and it is said why. Callers: housekeeping. Index: primary key.
update lanes set failures = failures + 1, shut_until = $2, held_reason = $3, last_error = $3, updated_at = $4 where id = $1
