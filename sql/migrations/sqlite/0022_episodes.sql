-- What rules remember of money: when a project is to be judged again, what each rule knows of each thing, and what was told.

create table evaluations (
    project integer not null primary key references projects (key),
    due_at integer not null,                 -- the next local day, or at once when a fact came in
    version integer not null                 -- raised by every fact and every judgement
);
create index evaluations_due on evaluations (due_at);

create table episodes (
    project integer not null references projects (key),
    balance text not null,                  -- '': the project itself
    rule text not null,
    number integer not null,
    is_open boolean not null,
    known text,                             -- the worst level that was told or taken over
    was_told boolean not null,
    limits integer,
    height integer,
    decision text not null,                 -- a level, recovered, or why nothing was told
    decided_at integer not null,
    primary key (project, balance, rule)
) without rowid;

create table episode_levels (
    project integer not null references projects (key),
    balance text not null,
    rule text not null,
    episode integer not null,
    level text not null,                    -- or recovered
    notice integer not null,
    told_at integer not null,
    primary key (project, balance, rule, episode, level)
) without rowid;

create index standings_archived on standings (project) where status = 'archived';

-- What was known before anybody judged is judged once, and a state that is old news is no news.
insert into evaluations (project, due_at, version)
select key, 0, 1 from projects
where key in (select project from balances) or key in (select project from standings);

insert into episodes (project, balance, rule, number, is_open, known, was_told, limits, height, decision, decided_at)
select project, '', 'status', 1, true, status, false, 0, 0, 'known_before', updated_at from standings
where status in ('suspended', 'archived');
