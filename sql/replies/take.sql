-- Takes an answer that nobody told before. Callers: replies to texts. Index: replies_once.
insert into replies (message, taken_at) values ($1, $2)
on conflict do nothing
