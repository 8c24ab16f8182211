-- Takes the stored forms from up to $2 variants made before $1 that nobody still waits for.
-- Caller: forget. Index: variants_with_forms, deliveries_by_notice.
update variants
set forms_gone = true
where id in (
    select v.id from variants v
    where v.created_at < $1 and not v.forms_gone
      and not exists (select 1 from deliveries d
                      where d.notice = v.notice
                        and d.state in ('queued', 'claimed', 'held', 'handed', 'refused', 'uncertain'))
    order by v.created_at
    limit $2
)
returning id
