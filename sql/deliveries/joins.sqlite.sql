-- Says that deliveries ($1: JSON list of ids) wait to be joined with others ($2), or that they don't; rooms and machines
-- ($3: JSON list of channels) get each by itself. Callers: notify::post,
-- the job that joins them. Index: primary key.
update deliveries set joins = $2 where id in (select value from json_each($1)) and state = 'queued'
    and not ($2 and channel in (select value from json_each($3)))
