-- Counts a try of a code before it is compared, as long as there are fewer than $2. Callers: whoever gives a code.
-- Index: primary key.
update number_confirmations set tries = tries + 1 where id = $1 and tries < $2 and confirmed_at is null returning tries
