-- What a waiting run still waits for (JSON). Caller: whoever states coverage. Index: primary key.
update runs set wait_for = $2, updated_at = $3 where id = $1 and state = 'waiting_for_data'
