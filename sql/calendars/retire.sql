-- Retires a calendar. Caller: apply --prune. Index: primary key.
update calendars set retired_at = $2, updated_at = $2 where id = $1
