-- Removes up to $2 of the $3 oldest notices: those made before $1 without deliveries; their variants go with them.
-- Caller: forget. Index: primary key, deliveries_by_notice.
delete from notices
where id in (
    select id from (select id, created_at from notices order by id limit $3) oldest
    where created_at < $1 and not exists (select 1 from deliveries d where d.notice = oldest.id)
    order by id
    limit $2
)
