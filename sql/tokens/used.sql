-- Notes that a token is in use, unless that was noted since $3. Caller: requests to /v1. Index: primary key.
update tokens set used_at = $2 where id = $1 and (used_at is null or used_at < $3)
