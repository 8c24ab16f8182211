-- Removes up to $2 callers to call back whose last word is older than $1 and whose calls are gone: old calls that came in
-- lately are kept, and so is what follows from them.
-- Caller: forget. Index: callback_entries_by_closing, calls_by_client, whose condition is repeated for SQLite's sake.
delete from callback_entries
where (project, client, opened_at) in (
    select old.project, old.client, old.opened_at
    from (
        select e.project, e.client, e.opened_at, e.closed_at
        from projects p
        cross join callback_entries e
        where e.project = p.key and e.closed_at < $1
        union all
        select e.project, e.client, e.opened_at, e.closed_at
        from projects p
        cross join callback_entries e
        where e.project = p.key and e.closed_at is null and e.opened_at < $1
    ) old
    where not exists (
        select 1 from calls c
        where c.project = old.project and c.client is not null and c.client = old.client
            and c.started_at >= old.opened_at and c.started_at <= coalesce(old.closed_at, old.opened_at)
    )
    limit $2
)
