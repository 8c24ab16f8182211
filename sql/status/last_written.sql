-- When the ledger or the trace of changes was written last. By: store/status. Index: primary keys.
select max(at) as at
from (
    select at from ledger where id = (select max(id) from ledger)
    union all
    select at from audit where id = (select max(id) from audit)
) last
