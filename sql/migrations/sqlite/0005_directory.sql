-- The directory: people by name with the keys that telephony systems know them by, and what numbers are. `agents` are the
-- keys that sources named; these are the people behind them.

create table listed_agents (
    project integer not null references projects (key),
    id text not null,
    name text not null,
    team text,
    keys text not null,                     -- JSON list of {key, from?, to?}: local days, half-open
    contact text,                           -- who reads the personal report; null: whoever has one of the keys as address
    applied_by text,
    updated_at integer not null,
    primary key (project, id)
) without rowid;

create table listed_numbers (
    project integer not null references projects (key),
    number integer not null,                -- E.164 digits
    label text,
    department text,
    source text,
    medium text,
    campaign text,
    ignored boolean not null,               -- a caller whose calls are left out
    applied_by text,
    updated_at integer not null,
    primary key (project, number)
) without rowid;
