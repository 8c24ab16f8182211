-- How an import stands: one whose process was killed says nothing more, and must not look as if it still ran.

alter table imports add column state text not null default 'running'; -- running | done | failed | broken_off
alter table imports add column seen_at integer;                      -- the last sign of life
update imports set state = case when ended_at is null then 'broken_off' else 'done' end;
create index imports_running on imports (seen_at) where state = 'running';
