-- Whether the calls of a period are all there: how a source's calls come in, what a run waits for, and what its report
-- told, so that the next one can say what came in after it.

alter table sources add column kind text not null default 'imported';

alter table runs add column wait_began_at integer;
alter table runs add column wait_for text;                 -- JSON list: source, from, to of what is missing
alter table runs add column wait_holds boolean not null default false; -- not sent when the time is up
alter table runs add column wait_let_go text;              -- why it may go before: `data_came`, `by_hand`
alter table runs add column wait_told_at integer;        -- when the owner heard that it is held
alter table runs add column told text;                     -- JSON: the calls that its report told of, by kind of scope
alter table runs add column told_as_of integer;

-- `wait_until`: when the time is up; what is let go has it at that moment.
create index runs_wait_ends on runs (wait_until) where state = 'waiting_for_data';
create index runs_waiting on runs (project) where state = 'waiting_for_data';
