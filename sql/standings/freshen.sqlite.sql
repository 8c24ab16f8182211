-- Projects that were told to stand as they do are known to at a later moment. $1: JSON list of [project, microseconds as of],
-- $2 now. By: store/standings. Index: primary key.
update standings set as_of = l.value ->> 1, updated_at = $2
from json_each($1) l
where project = l.value ->> 0 and as_of < l.value ->> 1
