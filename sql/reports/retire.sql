-- Retires a report. Caller: apply --prune. Index: primary key.
update reports set retired_at = $2, updated_at = $2 where id = $1
