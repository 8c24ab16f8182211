-- Removes a caller to call back. $1 project, $2 number, $3 since when. By: store/retention_of. Index: primary key.
delete from callback_entries where project = $1 and client = $2 and opened_at = $3
