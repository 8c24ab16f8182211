-- Retires a template; its schedules are retired one by one. Caller: apply. Index: primary key.
update templates set retired_at = $2, updated_at = $2 where id = $1
