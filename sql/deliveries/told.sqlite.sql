-- Notes that the owner heard ($1: JSON list of ids). Callers: housekeeping. Index: primary key.
update deliveries set told_at = $2 where id in (select value from json_each($1)) and told_at is null
