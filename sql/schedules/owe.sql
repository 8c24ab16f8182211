-- Keeps in a schedule's settings ($2) what other zone data left untold.
-- Caller: rebuilding next dates (in the transaction that moved the date). Index: primary key.
update schedules set settings = $2 where id = $1 and retired_at is null
