-- Notes that the owner heard ($1: JSON list of ids). Callers: housekeeping. Index: primary key.
update deliveries set told_at = $2
where id = any (select cast(value as bigint) from jsonb_array_elements_text($1::jsonb)) and told_at is null
