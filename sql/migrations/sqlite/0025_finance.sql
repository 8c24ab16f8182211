-- What finance is told in one mail, what it said it has paid, and what tops a balance up by itself.

-- Waits for the morning of its reader, to be joined with what else is told then; nobody claims it until that is settled.
alter table deliveries add column joins boolean not null default false;
-- The delivery whose message tells it as well.
alter table deliveries add column folded_into integer;
create index deliveries_to_join on deliveries (not_before) where state = 'queued' and joins;
create index deliveries_folded on deliveries (folded_into) where folded_into is not null;

-- Below which sum a balance is topped up by itself, and by how much; null: it isn't.
alter table balances add column topup_below integer;
alter table balances add column topup_amount integer;
-- Since when it stands below that sum, as far as balances told.
alter table balances add column below_since integer;

-- "I've paid, it arrives on …": until the day after, reminders are quiet.
create table promises (
    id integer primary key autoincrement,
    project integer not null references projects (key),
    balance text not null,                  -- '': the project itself
    arrives_on text not null,               -- a local day of the project
    contact text not null,                  -- who said so
    delivery integer not null,              -- in which mail
    told_at integer not null,
    withdrawn_at integer
);
create index promises_in_force on promises (project, balance) where withdrawn_at is null;

-- What moved balances is read for every project at the beginning of its day: from the index alone.
drop index balance_entries_by_time;
create index balance_entries_by_time on balance_entries (project, balance, at, kind, amount);
