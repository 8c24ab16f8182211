-- The numbers of attributions. $1 project, $2 JSON list of digests in hex. By: store/attributions.
-- Index: unique (project, digest).
select l.value as digest, a.id from json_each($2) l cross join attributions a on a.project = $1 and a.digest = unhex(l.value)
