-- Balances that were told again as they stand are known to be so at a later moment. $1: JSON list of [project, name,
-- microseconds as of], $2 now. By: store/balances. Index: primary key.
update balances set as_of = l.as_of, updated_at = $2
from (
    select (item ->> 0)::bigint as project, item ->> 1 as name,
        timestamptz 'epoch' + (item ->> 2)::bigint * interval '1 microsecond' as as_of
    from jsonb_array_elements($1::jsonb) item
) l
where balances.project = l.project and balances.name = l.name and balances.as_of < l.as_of
