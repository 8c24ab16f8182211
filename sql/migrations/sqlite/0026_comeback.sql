-- What comes back, and what people wish: pauses that end by themselves, and silences.

-- What owners haven't heard of, with what came back after a relay had taken it.
create index deliveries_untold on deliveries (id)
    where told_at is null and state in ('failed', 'expired', 'uncertain', 'bounced', 'complained');

-- Its end, of a stop that is a pause.
alter table suppressions add column until integer;
create index suppressions_that_end on suppressions (until) where until is not null and lifted_at is null;

-- Warnings that nobody wants to hear for a while: of a project (null: of all), of a kind (null: every kind), to a contact
-- (null: to everybody).
create table silences (
    id integer primary key autoincrement,
    project integer references projects (key),
    kind text,
    contact text,
    reason text not null,
    actor text not null,
    since integer not null,
    until integer not null,
    ended_at integer,
    ended_by text
);
create index silences_in_force on silences (until) where ended_at is null;

-- What silences kept back, counted when they end.
create index deliveries_silenced on deliveries (created_at) where reason = 'silenced';
