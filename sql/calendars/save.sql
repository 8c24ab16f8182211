-- Makes a calendar or changes it to this, and brings it back when it was retired. Caller: apply. Index: primary key.
insert into calendars (id, name, zone, hours, days_off, extra_days, applied_by, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
on conflict (id) do update set
    name = excluded.name, zone = excluded.zone, hours = excluded.hours, days_off = excluded.days_off,
    extra_days = excluded.extra_days, applied_by = excluded.applied_by, updated_at = excluded.updated_at,
    retired_at = null
