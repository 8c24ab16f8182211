-- Money as others tell it: balances, what moved them, and how projects stand. Every fact keeps when it was true; sums are
-- millionths of a unit.

create table balances (
    project bigint not null references projects (key),
    name text not null,
    currency text not null,
    amount bigint not null,
    credit_limit bigint not null,
    as_of timestamptz not null,
    updated_at timestamptz not null,
    primary key (project, name)
);

create table balance_entries (
    project bigint not null references projects (key),
    balance text not null,
    id text not null,                       -- the sender's own
    at timestamptz not null,
    kind text not null,                     -- usage | fixed | topup | topup_failed | refund | adjustment
    amount bigint not null,
    what text not null,
    added_at timestamptz not null,
    primary key (project, balance, id)
);
create index balance_entries_by_time on balance_entries (project, balance, at);

create table standings (
    project bigint not null primary key references projects (key),
    status text not null,                   -- trial | active | suspended | archived
    paid_until text,                        -- the last local day that is paid for
    as_of timestamptz not null,
    updated_at timestamptz not null
);
