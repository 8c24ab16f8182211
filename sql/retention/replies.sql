-- Removes up to $2 answers to texts that were taken before $1. Caller: forget. Index: primary key.
delete from replies
where id in (select id from replies where taken_at < $1 order by id limit $2)
