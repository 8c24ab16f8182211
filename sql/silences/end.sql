-- Ends a silence. Caller: notify::silence. Index: primary key.
update silences set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null
