-- Balances that weren't told since $1, of projects that go on. Caller: the watch. Index: primary keys; there are a few a project.
select b.project, b.name, b.as_of
from balances b
join projects p on p.key = b.project and p.retired_at is null
where b.as_of < $1
    and not exists (select 1 from standings t where t.project = b.project and t.status = 'archived')
