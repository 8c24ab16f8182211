-- Notices of a project made before $2 without deliveries. $1 project, $3 how many. By: store/retention_of. Index: primary key,
-- deliveries_by_notice.
select n.id from notices n
where n.project = $1 and n.created_at < $2 and not exists (select 1 from deliveries d where d.notice = n.id)
order by n.id
limit $3
