-- Deliveries that ended badly and whose owner hasn't heard yet; what went to owners themselves is never told.
-- Callers: housekeeping. Index: deliveries_to_tell.
select d.id, d.project, p.id as project_id, p.name as project_name, d.kind, d.schedule, d.occurrence, d.address, d.state,
    d.reason, d.code, d.reply, d.reference, d.updated_at as at
from deliveries d
left join projects p on p.key = d.project
where d.told_at is null and d.state in ('failed', 'expired', 'uncertain') and d.kind <> 'owner'
    and coalesce(d.reason, '') <> 'settled_by_hand'
order by d.id limit $1
