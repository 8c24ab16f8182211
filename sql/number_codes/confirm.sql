-- The right code was given. Callers: whoever gives a code. Index: primary key.
update number_confirmations set confirmed_at = $2, confirmed_by = $3 where id = $1
