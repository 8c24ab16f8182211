-- Names stored forms of variants ($1: JSON list). Callers: notify::post. Index: primary key.
insert into variant_artefacts (variant, format, file_name, hash)
select value ->> 'variant', value ->> 'format', value ->> 'file_name', value ->> 'hash'
from json_each($1)
