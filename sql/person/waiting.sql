-- Deliveries of a notice that haven't ended, with their states. $1 notice. By: store/person. Index: deliveries_by_notice.
select id, state, kind, coalesce(variant, 0) as variant
from deliveries
where notice = $1 and state in ('queued', 'claimed', 'held', 'handed', 'refused', 'uncertain')
