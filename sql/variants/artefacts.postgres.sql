-- The stored forms of variants ($1: JSON list). Callers: the sending loop, for some that it is about to send. Index: primary keys.
select f.variant, f.format, f.file_name, a.media_type, a.size, a.bytes
from jsonb_array_elements_text($1::jsonb) w (variant)
join variant_artefacts f on f.variant = cast(w.variant as bigint)
join artefacts a on a.hash = f.hash
order by f.variant, f.format
