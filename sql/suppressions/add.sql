-- Stops an address, whose letter case doesn't matter; nothing changes when it is stopped already. $9: its end, of a pause.
-- Callers: the stop page, what comes back, housekeeping, `suppressions add`. Index: suppressions_in_force.
insert into suppressions (project, schedule, channel, address, reason, detail, actor, created_at, until)
values ($1, $2, $3, lower($4), $5, $6, $7, $8, $9)
on conflict do nothing
returning id
