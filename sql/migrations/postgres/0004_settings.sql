-- What a project or schedule is told beyond its own columns: one JSON object each, of which a key that isn't there has its
-- usual value. A new setting needs no new column.

alter table projects add column settings text not null default '{}';
alter table schedules add column settings text not null default '{}';
