-- Notes that deliveries ($1: JSON list of ids) were looked at ($2). Caller: the job that tells somebody else. Index: primary key.
update deliveries set looked_at = $2 where id in (select value from json_each($1))
