-- Balances that were told again as they stand are known to be so at a later moment. $1: JSON list of [project, name,
-- microseconds as of], $2 now. By: store/balances. Index: primary key.
update balances set as_of = l.value ->> 2, updated_at = $2
from json_each($1) l
where project = l.value ->> 0 and name = l.value ->> 1 and as_of < l.value ->> 2
