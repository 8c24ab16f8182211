-- The notice that was posted under this key. Callers: notify::post. Index: unique (dedup_key).
select id from notices where dedup_key = $1
