-- Adds variants of notices ($1: JSON list, $2: now). Callers: notify::post. Index: unique (notice, kind_of_reader).
insert into variants (notice, kind_of_reader, subject, created_at)
select item.notice, item.kind_of_reader, item.subject, $2
from jsonb_to_recordset($1::jsonb) as item (place bigint, notice bigint, kind_of_reader text, subject text)
order by item.place
returning id, notice, kind_of_reader
