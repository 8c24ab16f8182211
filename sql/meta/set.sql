-- Sets a value kept beside the tables. Inside a transaction it is also a lock: whoever sets the same name waits.
-- Caller: apply (so that two never mix). Index: primary key.
insert into meta (name, value) values ($1, $2)
on conflict (name) do update set value = excluded.value
