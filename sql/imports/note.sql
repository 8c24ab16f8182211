-- A sign of life. $1 import, $2 now, $3 rows so far. By: store/imports. Index: primary key.
update imports set seen_at = $2, rows_read = $3, state = 'running', ended_at = null where id = $1
