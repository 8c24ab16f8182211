-- Who may tell facts over the network, and what nobody may send for now.

create table tokens (
    id text not null primary key,           -- the part of the token that is no secret
    name text not null,
    project integer not null references projects (key),
    scope text not null,                    -- balance | manage
    hash text not null,                     -- SHA-256 of the whole token, in hex
    expires_at integer,                     -- null: never
    created_at integer not null,
    created_by text not null,
    used_at integer,                        -- to the hour
    revoked_at integer,
    revoked_by text
) without rowid;
create index tokens_of_project on tokens (project);

create table holds (
    id integer primary key autoincrement,
    project integer references projects (key),   -- null: every project, and what belongs to none
    channel text,                           -- null: every channel
    reason text not null,
    actor text not null,
    since integer not null,
    released_at integer,
    released_by text,
    skip_due_before integer                 -- what was due before this isn't sent any more
);
create index holds_in_force on holds (id) where released_at is null;
create index holds_that_skip on holds (skip_due_before) where skip_due_before is not null;
