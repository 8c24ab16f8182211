-- Removes up to $2 stops that were lifted before $1. Caller: forget. Index: primary key.
delete from suppressions
where id in (select id from suppressions where lifted_at < $1 order by id limit $2)
