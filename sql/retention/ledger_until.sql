-- The last of the next $3 lines of the ledger after $1 that was written before $2. Caller: forget. Index: primary key.
select max(id) as last
from (select id, at from ledger where id > $1 order by id limit $3) next
where at < $2
