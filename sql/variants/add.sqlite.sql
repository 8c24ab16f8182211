-- Adds variants of notices ($1: JSON list, $2: now). Callers: notify::post. Index: unique (notice, kind_of_reader).
insert into variants (notice, kind_of_reader, subject, created_at)
select value ->> 'notice', value ->> 'kind_of_reader', value ->> 'subject', $2
from json_each($1)
where true
order by key
returning id, notice, kind_of_reader
