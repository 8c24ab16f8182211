-- Removes up to $2 of the $3 oldest accounts of imports: those that began before $1 and ended. Caller: forget.
-- Index: primary key.
delete from imports
where id in (
    select id from (select id, started_at, state from imports order by id limit $3) oldest
    where started_at < $1 and state <> 'running'
    order by id
    limit $2
)
