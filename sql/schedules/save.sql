-- Makes a schedule or changes it to this, and brings it back when it was retired. $2 is its project's id.
-- Caller: apply. Index: primary key, projects.id.
insert into schedules (
    id, project, report, recipients, cadence, zone, starts, ends, paused, catch_up, max_late_sec, send, formats, numbers,
    active_since, next_fire_at, next_occurrence, applied_by, created_at, updated_at, settings
)
values (
    $1, (select key from projects where id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
    $15, $16, $17, $18, $19, $19, $20
)
on conflict (id) do update set
    project = excluded.project, report = excluded.report, recipients = excluded.recipients, cadence = excluded.cadence,
    zone = excluded.zone, starts = excluded.starts, ends = excluded.ends, paused = excluded.paused,
    catch_up = excluded.catch_up, max_late_sec = excluded.max_late_sec, send = excluded.send,
    formats = excluded.formats, numbers = excluded.numbers, active_since = excluded.active_since,
    next_fire_at = excluded.next_fire_at, next_occurrence = excluded.next_occurrence, applied_by = excluded.applied_by,
    settings = excluded.settings, version = schedules.version + 1, updated_at = excluded.updated_at, retired_at = null
