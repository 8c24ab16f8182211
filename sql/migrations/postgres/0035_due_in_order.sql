-- Many schedules fall due at one instant, and are taken some at a time, in the order of their instant and name: an index by the
-- instant alone has all of them read and sorted for every handful.
drop index schedules_due;
create index schedules_due on schedules (next_fire_at, id) where next_fire_at is not null and retired_at is null;
-- Runs likewise; in a file of SQLite every index ends with the row's number.
drop index runs_open;
create index runs_open on runs (state, fires_at, id) where state in ('due', 'waiting_for_data', 'building');
