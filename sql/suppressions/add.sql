-- Stops an address, whose letter case doesn't matter; nothing changes when it is stopped already. Callers: the stop link, housekeeping, `suppressions add`.
-- Index: suppressions_in_force.
insert into suppressions (project, schedule, channel, address, reason, detail, actor, created_at)
values ($1, $2, $3, lower($4), $5, $6, $7, $8)
on conflict do nothing
returning id
