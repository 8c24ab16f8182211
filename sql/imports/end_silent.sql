-- Imports that gave no sign of life since $2 were killed. $1 now. By: store/imports. Index: imports_running.
update imports set state = 'broken_off', ended_at = $1 where state = 'running' and seen_at < $2
