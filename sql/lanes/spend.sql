-- Keeps what is left of a lane's tokens. Callers: the sending loop's claim. Index: primary key.
update lanes set tokens = $2, refilled_at = $3 where id = $1
