-- The next contents by hash. $1 the last one's hash, $2 how many. By: store/person. Index: primary key.
select hash, media_type, bytes from artefacts where hash > $1 order by hash limit $2
