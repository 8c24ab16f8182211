-- Removes entries. $1 project, $2 JSON list of [client, opened]. By: store/callbacks. Index: primary key.
delete from callback_entries
where (project, client, opened_at) in (select $1, l.value->>0, l.value->>1 from json_each($2) l)
