-- The stored forms of a variant. Callers: the sending loop, once a variant and claim. Index: primary keys.
select f.format, f.file_name, a.media_type, a.size, a.bytes
from variant_artefacts f
join artefacts a on a.hash = f.hash
where f.variant = $1
order by f.format
