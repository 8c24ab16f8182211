-- Stores contents once ($1: JSON list that says where in $2 each stands, from 1, and how long it is); what is there is as good
-- as new, so that nobody removes it meanwhile ($4: a day before $3, because a row isn't written anew for less).
-- Callers: notify::post. Index: primary key.
insert into artefacts (hash, media_type, size, bytes, created_at)
select value ->> 'hash', value ->> 'media_type', value ->> 'size', substr($2, value ->> 'at', value ->> 'length'), $3
from json_each($1)
where true
on conflict (hash) do update set created_at = excluded.created_at where artefacts.created_at < $4
