-- Variants of a project made before $2 that have stored forms and that nobody waits for. $1 project, $3 how many.
-- By: store/retention_of. Index: variants_with_forms, deliveries_by_notice.
select v.id
from variants v
cross join notices n
where n.id = v.notice and n.project = $1 and v.created_at < $2 and not v.forms_gone
  and not exists (select 1 from deliveries d
                  where d.notice = v.notice
                    and d.state in ('queued', 'claimed', 'held', 'handed', 'refused', 'uncertain'))
order by v.created_at
limit $3
