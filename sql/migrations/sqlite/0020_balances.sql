-- Money as others tell it: balances, what moved them, and how projects stand. Every fact keeps when it was true; sums are
-- millionths of a unit.

create table balances (
    project integer not null references projects (key),
    name text not null,
    currency text not null,
    amount integer not null,
    credit_limit integer not null,
    as_of integer not null,
    updated_at integer not null,
    primary key (project, name)
) without rowid;

create table balance_entries (
    project integer not null references projects (key),
    balance text not null,
    id text not null,                       -- the sender's own
    at integer not null,
    kind text not null,                     -- usage | fixed | topup | topup_failed | refund | adjustment
    amount integer not null,
    what text not null,
    added_at integer not null,
    primary key (project, balance, id)
) without rowid;
create index balance_entries_by_time on balance_entries (project, balance, at);

create table standings (
    project integer not null primary key references projects (key),
    status text not null,                   -- trial | active | suspended | archived
    paid_until text,                        -- the last local day that is paid for
    as_of integer not null,
    updated_at integer not null
);
