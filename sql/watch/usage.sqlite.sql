-- Balances whose usage was told last before $1, and not before $2, of projects that go on and that don't count what calls cost: with
-- the first usage that was told and the last. Caller: the watch. Index: balance_entries_by_time, asked of every balance.
with told as materialized (
    select b.project, b.name, b.as_of, (
        select n.at from balance_entries n
        where n.project = b.project and n.balance = b.name and n.kind = 'usage'
        order by n.at desc limit 1
    ) as last_usage
    from balances b
)
select told.project, told.name, told.as_of, p.zone, told.last_usage, (
        select n.at from balance_entries n
        where n.project = told.project and n.balance = told.name and n.kind = 'usage'
        order by n.at limit 1
    ) as first_usage
from told
join projects p on p.key = told.project and p.retired_at is null
where told.last_usage < $1 and told.last_usage >= $2
    and not coalesce(p.settings ->> ('$.balances."' || told.name || '".usage_from_calls'), false)
    and not exists (select 1 from standings t where t.project = told.project and t.status = 'archived')
