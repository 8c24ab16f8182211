-- Stops an address; nothing changes when it is stopped already. Callers: the stop link, housekeeping, `suppressions add`.
-- Index: suppressions_in_force.
insert into suppressions (project, schedule, channel, address, reason, detail, actor, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing
returning id
