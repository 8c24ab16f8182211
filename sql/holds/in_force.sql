-- What is held now, oldest first. Callers: /status, /readyz, `hold`, `release`, explain, `deliveries`, `tick`, `serve`.
-- Index: holds_in_force.
select h.id, h.project, p.id as project_id, h.channel, h.reason, h.actor, h.since
from holds h
left join projects p on p.key = h.project
where h.released_at is null
order by h.id
