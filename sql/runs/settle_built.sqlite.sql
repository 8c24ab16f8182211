-- Ends the building of runs ($1: JSON list), of which reports were made that tell this of their calls as of then, if whoever holds
-- the token $2 still holds them; those come back. $3: now. Caller: build_reports, in the transaction that posts their notices.
-- Index: primary key.
update runs
set state = 'built', reason = null, built_at = $3, updated_at = $3, lease_until = null, lease_token = null,
    told = item.told, told_as_of = item.as_of
from (select value ->> 'id' as id, value ->> 'told' as told, value ->> 'as_of' as as_of from json_each($1)) as item
where runs.id = item.id and runs.state = 'building' and runs.lease_token = $2
returning runs.id
