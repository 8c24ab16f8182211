-- Removes up to $2 callers to call back whose last word is older than $1 and whose calls are gone: old calls that came in
-- lately are kept, and so is what follows from them. Caller: forget. Index: callback_entries_by_closing, calls_by_client.
delete from callback_entries
where (project, client, opened_at) in (
    select e.project, e.client, e.opened_at
    from projects p
    join callback_entries e on e.project = p.key
    where (e.closed_at < $1 or (e.closed_at is null and e.opened_at < $1))
      and not exists (select 1 from calls c
                      where c.project = e.project and c.client = e.client
                        and c.started_at >= e.opened_at and c.started_at <= coalesce(e.closed_at, e.opened_at))
    limit $2
)
