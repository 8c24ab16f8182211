-- Calls: what telephony systems told us, and what it folds into.

create table sources (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    name text not null,
    format text not null,
    created_at integer not null,
    last_event_at integer,
    unique (project, name)
);

-- Spans for which a source said that it told everything; only such a source is waited for.
create table source_coverage (
    source integer not null references sources (id) on delete cascade,
    covers_from integer not null,
    covers_to integer not null,
    primary key (source, covers_from, covers_to)
);

-- Raw events, kept 30 days, of formats in which several make a call. `hash` is SHA-256 of the canonical bytes. Rows that
-- are whole calls aren't kept a second time: merging needs nothing but the record and its evidence.
create table call_events (
    source integer not null references sources (id) on delete cascade,
    hash blob not null,
    call_id text not null,
    at integer,
    received_at integer not null,
    body text not null,
    primary key (source, hash)
) without rowid;
create index call_events_by_call on call_events (source, call_id);
create index call_events_by_age on call_events (received_at);

create table call_aliases (
    source integer not null references sources (id) on delete cascade,
    call_id text not null,
    into_call_id text not null,
    primary key (source, call_id, into_call_id)
);
create index call_aliases_by_target on call_aliases (source, into_call_id);

create table agents (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    key text not null,
    name text,
    named_at integer,                       -- start of the latest call that told the name
    unique (project, key)
);

-- A utm set with its referrer, as one number on the call. `digest` is SHA-256 of the case-folded set.
create table attributions (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    digest blob not null,
    source text,
    medium text,
    campaign text,
    referrer_host text,
    has_session boolean not null,
    unique (project, digest)
);

-- Cold half of a call, and its identity. The hot half is `calls`; both carry the same `id`.
create table call_details (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    source integer not null references sources (id),
    call_id text not null,
    version integer not null,
    evidence text not null,                 -- JSON: the rank by which merging decides
    record text not null,                   -- JSON: the canonical record
    first_seen_at integer not null,
    updated_at integer not null,
    unique (project, source, call_id)
);

-- Hot half of a call: narrow, integers only, read by the million.
create table calls (
    project integer not null,
    started_at integer not null,
    id integer not null unique references call_details (id) on delete cascade,
    ended_at integer,
    source integer not null,
    direction integer not null,
    status integer not null,
    client integer,                         -- the other side's E.164 digits; null: withheld or no number
    tracking integer,                       -- the dialled number's E.164 digits
    agent integer,
    attribution integer,
    wait_sec integer,
    talk_sec integer,
    flags integer not null default 0,       -- bits: 1 target known, 2 target, 4 first known, 8 first, 16 repeat known, 32 repeat
    primary key (project, started_at, id)
) without rowid;
create index calls_by_client on calls (project, client, started_at) where client is not null;

create table call_parts (
    call integer not null references call_details (id) on delete cascade,
    n integer not null,
    agent integer,
    kind integer not null,
    started_at integer,
    ring_sec integer,
    talk_sec integer,
    outcome integer not null,
    primary key (call, n)
) without rowid;

-- Callers to call back, open and closed, kept by the fold; a client's rows follow from its calls alone.
create table callback_entries (
    project integer not null references projects (key),
    client integer not null,                 -- the caller's E.164 digits
    opened_at integer not null,
    closed_at integer,
    closed_by integer,                       -- 0 our call, 1 the caller's own return
    tracking integer,
    missed text not null,                   -- JSON list: microseconds of every missed call
    attempts text not null,                 -- JSON list: microseconds of our tries
    primary key (project, client, opened_at)
) without rowid;
create index callback_entries_by_closing on callback_entries (project, closed_at, opened_at);

create table imports (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    source integer not null references sources (id),
    file_name text not null,
    started_at integer not null,
    ended_at integer,
    rows_read integer not null default 0,
    calls_new integer not null default 0,
    calls_updated integer not null default 0,
    calls_unchanged integer not null default 0,
    rows_set_aside integer not null default 0
);

create table set_aside (
    import integer not null references imports (id) on delete cascade,
    line integer not null,
    field text not null,
    value text not null,
    reason text not null,
    primary key (import, line, field)
);
