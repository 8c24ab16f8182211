-- When projects work: weekly hours, days off with their names, dates with hours of their own. Which calendar a project goes
-- by is in its settings. Imported days are stored here whole, so that no file is read later.

create table calendars (
    id text not null primary key,
    name text not null,
    zone text,                              -- null: that of each project that chooses it
    hours text not null,                    -- JSON: by weekday, Monday first, a list of spans
    days_off text not null,                 -- JSON list
    extra_days text not null,               -- JSON list
    applied_by text,
    created_at integer not null,
    updated_at integer not null,
    retired_at integer
);
