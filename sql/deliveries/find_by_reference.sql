-- The delivery that a reference names. Callers: the commands that take an id. Index: unique (reference).
select id from deliveries where reference = $1
