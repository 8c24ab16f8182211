-- Makes a lane's row when there is none. Callers: notify::lanes. Index: primary key.
insert into lanes (id, failures, tokens, refilled_at, updated_at) values ($1, 0, $2, $3, $3) on conflict (id) do nothing
