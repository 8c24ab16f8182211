-- The stored forms of variants ($1: JSON list). Callers: the sending loop, for some that it is about to send. Index: primary keys.
select f.variant, f.format, f.file_name, a.media_type, a.size, a.bytes
from json_each($1) w
cross join variant_artefacts f on f.variant = w.value
join artefacts a on a.hash = f.hash
order by f.variant, f.format
