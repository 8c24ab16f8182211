-- Many schedules fall due at one instant, and are taken some at a time, in the order of their instant and name: an index by the
-- instant alone has all of them read and sorted for every handful.
drop index schedules_due;
create index schedules_due on schedules (next_fire_at, id) where next_fire_at is not null and retired_at is null;
