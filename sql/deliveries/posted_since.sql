-- Deliveries after this one with what a reader of a list wants to know: subject, period, zone, why. Caller: the demo's
-- account. Index: primary key.
select d.id, d.notice, d.kind, d.channel, d.contact, d.address, d.display_name, d.reference, d.generation, d.state, d.reason,
    d.why, d.created_at, d.settled_at, p.id as project_id, p.name as project, d.schedule, coalesce(s.zone, p.zone) as zone,
    v.subject, r.period_from, r.period_to, r.fires_at
from deliveries d
left join projects p on p.key = d.project
left join schedules s on s.id = d.schedule
left join variants v on v.id = d.variant
left join notices n on n.id = d.notice
left join runs r on r.id = n.run
where d.id > $1
order by d.id
