-- Answers to texts that were taken, by what the service calls them: each once, whoever tells it again.
create table replies (
    id integer primary key autoincrement,
    message text not null,
    taken_at integer not null
);
create unique index replies_once on replies (message);
