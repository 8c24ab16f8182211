-- The numbers of attributions. $1 project, $2 JSON list of digests in hex. By: store/attributions.
-- Index: unique (project, digest).
select l.value as digest, a.id
from jsonb_array_elements_text($2::jsonb) l (value)
cross join lateral (select * from attributions a where a.project = $1 and a.digest = decode(l.value, 'hex') offset 0) a
