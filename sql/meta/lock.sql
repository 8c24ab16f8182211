-- The value under a name, $2 when there was none; until this transaction ends nobody else gets it.
-- Callers: fire_schedules (the slots of a backlog), forget. Index: primary key.
insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = meta.value returning value
