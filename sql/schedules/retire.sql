-- Retires a schedule: it never fires again. Caller: apply --prune. Index: primary key.
update schedules
set retired_at = $2, updated_at = $2, next_fire_at = null, next_occurrence = null, version = version + 1
where id = $1
