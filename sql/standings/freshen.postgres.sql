-- Projects that were told to stand as they do are known to at a later moment. $1: JSON list of [project, microseconds as of],
-- $2 now. By: store/standings. Index: primary key.
update standings set as_of = l.as_of, updated_at = $2
from (
    select (item ->> 0)::bigint as project, timestamptz 'epoch' + (item ->> 1)::bigint * interval '1 microsecond' as as_of
    from jsonb_array_elements($1::jsonb) item
) l
where standings.project = l.project and standings.as_of < l.as_of
