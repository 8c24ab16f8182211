-- Stores contents once ($1: JSON list that says where in $2 each stands, from 1, and how long it is); what is there is as good
-- as new, so that nobody removes it meanwhile ($4: a day before $3, because a row isn't written anew for less).
-- Callers: notify::post. Index: primary key.
insert into artefacts (hash, media_type, size, bytes, created_at)
select item.hash, item.media_type, item.size, substring($2::bytea from item.at for item.length), $3
from jsonb_to_recordset($1::jsonb) as item (hash text, media_type text, size bigint, at integer, length integer)
order by item.hash
on conflict (hash) do update set created_at = excluded.created_at where artefacts.created_at < $4
