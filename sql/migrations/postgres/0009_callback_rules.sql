-- Callers to call back by whatever rule a report has: an entry holds every call that some rule may count, each as
-- [microseconds, status, wait or null, 1 when a call-back was asked for]. `usual`: it is one under the usual rule as well.
-- Entries from before are usual, and are written anew once when the program first opens the database.
alter table callback_entries add column usual boolean not null default true;
