-- Whoever hears once the last day to pay in time is past is told at once, and once in an episode.
alter table episodes add column was_widened boolean not null default false;
