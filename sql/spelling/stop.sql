-- Spells a stop's address ($1) anew ($2), unless the same is stopped under that spelling. Caller: migrate, once.
-- Index: primary key.
update suppressions set address = $2
where id = $1 and (lifted_at is not null or not exists (
    select 1 from suppressions t
    where t.channel = suppressions.channel and t.address = $2 and t.lifted_at is null
        and coalesce(t.project, 0) = coalesce(suppressions.project, 0)
        and coalesce(t.schedule, '') = coalesce(suppressions.schedule, '')
))
