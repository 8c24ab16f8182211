-- Who gets what: projects, contacts, reports, schedules, and the trace of who changed them.
-- `applied_by` names the file that made a row (for `apply --prune`); a retired row stays for the ledger's sake.

create table meta (
    name text not null primary key,
    value text not null
);

create table projects (
    key integer primary key autoincrement,
    id text not null unique,
    name text not null,
    zone text not null,
    locale text not null,
    currency text not null,
    week_start text not null,
    allowed_domains text not null,          -- JSON list
    applied_by text,
    created_at integer not null,
    updated_at integer not null,
    retired_at integer
);

create table contacts (
    id text not null primary key,
    name text not null,
    language text,
    zone text,
    active boolean not null,
    applied_by text,
    created_at integer not null,
    updated_at integer not null,
    retired_at integer
);

create table contact_addresses (
    contact text not null references contacts (id) on delete cascade,
    channel text not null,
    position integer not null,
    address text not null,
    primary key (contact, channel, position)
);

create table contact_roles (
    contact text not null references contacts (id) on delete cascade,
    project integer not null references projects (key) on delete cascade,
    role text not null,
    primary key (contact, project, role)
);
create index contact_roles_by_project on contact_roles (project, role);

create table reports (
    id text not null primary key,
    sections text not null,                 -- JSON list
    filters text not null,                  -- JSON object
    options text not null,                  -- JSON object
    applied_by text,
    created_at integer not null,
    updated_at integer not null,
    retired_at integer
);

create table schedules (
    id text not null primary key,
    project integer not null references projects (key),
    report text not null,
    recipients text not null,               -- JSON list
    cadence text not null,                  -- JSON
    zone text,                              -- null: the project's
    starts integer,
    ends integer,
    paused boolean not null,
    catch_up text not null,
    max_late_sec integer,
    send text not null,
    formats text not null,                  -- JSON list
    numbers text,
    active_since integer not null,
    next_fire_at integer,
    next_occurrence text,
    version integer not null default 1,       -- raised by every change of the row; next dates move by compare-and-set on it
    applied_by text,
    created_at integer not null,
    updated_at integer not null,
    retired_at integer
);
create index schedules_due on schedules (next_fire_at) where next_fire_at is not null and retired_at is null;
create index schedules_by_project on schedules (project);

create table audit (
    id integer primary key autoincrement,
    at integer not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null                    -- JSON
);
