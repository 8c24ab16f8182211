-- One delivery, as its commands need it. Callers: `resend`, `cancel`, `settle`, `test-alert`, the stop link, what comes back. Index: primary key.
select d.id, d.project, d.notice, d.kind, d.schedule, d.occurrence, d.channel, d.address, d.generation, d.contact,
    d.display_name, d.variant, d.why, d.reference, d.state, d.reason, d.reply, d.lane, d.not_before, d.give_up_at, d.created_at, d.priority, d.message_id,
    p.id as project_id, p.name as project_name, n.dedup_key as notice_key
from deliveries d
join notices n on n.id = d.notice
left join projects p on p.key = d.project
where d.id = $1
