-- The one way out: runs, notices, variants, artefacts, deliveries, lanes, and the ledger that says why.

create table runs (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    schedule text not null references schedules (id),
    occurrence text not null,
    fires_at integer not null,
    period_from integer not null,
    period_to integer not null,
    compare_from integer,
    compare_to integer,
    notes text not null,                    -- JSON list
    is_sample boolean not null,
    state text not null,
    reason text,
    skipped_count integer not null default 0, -- occurrences that this row stands for when it was skipped
    wait_until integer,
    lease_until integer,
    lease_token text,
    tries integer not null default 0,
    created_at integer not null,
    built_at integer,
    updated_at integer not null,
    unique (schedule, occurrence)
);
-- Two occurrences that resolve to one instant are one run (samples aside).
create unique index runs_by_instant on runs (schedule, fires_at) where not is_sample;
create index runs_open on runs (state, fires_at) where state in ('due', 'waiting_for_data', 'building');
create index runs_by_schedule on runs (schedule, period_to);

create table notices (
    id integer primary key autoincrement,
    project integer references projects (key),
    kind text not null,
    run integer references runs (id),
    dedup_key text not null unique,         -- `report/<run>`, `owner/…`
    created_at integer not null,
    give_up_at integer not null
);
create index notices_by_run on notices (run);

-- A rendered form, stored once under the hash of its content. `bytes` is compressed (zstd).
create table artefacts (
    hash text not null primary key,         -- SHA-256 of the uncompressed content, hex
    media_type text not null,
    size integer not null,                    -- bytes, uncompressed
    bytes blob not null,
    created_at integer not null
);

create table variants (
    id integer primary key autoincrement,
    notice integer not null references notices (id) on delete cascade,
    kind_of_reader text not null,           -- canonical JSON of language, rights and formats
    subject text not null,
    created_at integer not null,
    unique (notice, kind_of_reader)
);

create table variant_artefacts (
    variant integer not null references variants (id) on delete cascade,
    format text not null,
    file_name text not null,
    hash text not null references artefacts (hash),
    primary key (variant, format)
);

create table deliveries (
    id integer primary key autoincrement,
    project integer references projects (key),
    notice integer not null references notices (id),
    kind text not null,
    schedule text,
    occurrence text,
    channel text not null,
    address text not null,                  -- normalised
    generation integer not null,
    contact text,                           -- null: a plain address
    display_name text not null,
    variant integer references variants (id),
    why text not null,                      -- JSON: what the foot of this message says
    reference text not null unique,         -- what people quote: `7Q3F-K2MD`
    message_id text not null,
    message_date integer not null,
    message_hash text,                      -- SHA-256 of the bytes handed over, hex
    state text not null,
    reason text,
    code text,                              -- of a refusal: `5.1.1`, or `550` where the relay gave no more
    reply text,                             -- the other side's last words
    tries integer not null default 0,
    priority integer not null,
    lane text,                              -- the relay that took or refused it
    not_before integer not null,          -- earliest next try
    release_at integer,                   -- end of `held`
    give_up_at integer not null,
    lease_until integer,
    lease_token text,
    handed_at integer,
    settled_at integer,
    told_at integer,                 -- when its owner heard that it ended badly
    created_at integer not null,
    updated_at integer not null,
    unique (notice, channel, address, generation)
);
create index deliveries_to_send on deliveries (channel, priority, not_before, id) where state = 'queued' and variant is not null;
create index deliveries_in_flight on deliveries (state, lease_until) where state in ('claimed', 'handed', 'refused', 'uncertain', 'held');
create index deliveries_by_patience on deliveries (give_up_at) where state in ('queued', 'held');
create index deliveries_to_tell on deliveries (id) where told_at is null and state in ('failed', 'expired', 'uncertain');
create index deliveries_by_address on deliveries (lower(address), created_at);
create index deliveries_by_schedule on deliveries (schedule, created_at);
create index deliveries_by_notice on deliveries (notice);

-- Every step of every delivery and run, with its reason. Never changed, only added to.
create table ledger (
    id integer primary key autoincrement,
    at integer not null,
    project integer,
    run integer,
    delivery integer,
    from_state text,
    to_state text not null,
    reason text not null,
    detail text,
    actor text not null                     -- `callbrief`, or who typed the command
);
create index ledger_by_delivery on ledger (delivery, id);
create index ledger_by_run on ledger (run, id);

-- A relay (later: a gateway, a chat host, an endpoint) with its own breaker and rate.
create table lanes (
    id text not null primary key,           -- `email/primary`
    failures integer not null default 0,      -- in a row
    shut_until integer,                   -- the breaker
    held_reason text,                       -- set: nothing goes until a person or a probe clears it
    tokens real not null,
    refilled_at integer not null,
    last_error text,
    updated_at integer not null
);

-- Addresses that get nothing (more), and why. `project` or `schedule` null: not narrowed to one.
create table suppressions (
    id integer primary key autoincrement,
    project integer references projects (key),
    schedule text,
    channel text not null,
    address text not null,
    reason text not null,
    detail text,
    actor text not null,
    created_at integer not null,
    lifted_at integer,
    lifted_by text,
    lifted_reason text
);
create index suppressions_by_address on suppressions (channel, address);
-- Suppressing twice is the same as once.
create unique index suppressions_in_force on suppressions (channel, address, coalesce(project, 0), coalesce(schedule, ''))
    where lifted_at is null;
