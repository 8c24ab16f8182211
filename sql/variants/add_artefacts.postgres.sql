-- Names stored forms of variants ($1: JSON list). Callers: notify::post. Index: primary key.
insert into variant_artefacts (variant, format, file_name, hash)
select item.variant, item.format, item.file_name, item.hash
from jsonb_to_recordset($1::jsonb) as item (variant bigint, format text, file_name text, hash text)
