-- Removes up to $2 callers to call back whose last word is older than $1. Caller: forget.
-- Index: callback_entries_by_closing.
delete from callback_entries
where (project, client, opened_at) in (
    select e.project, e.client, e.opened_at
    from projects p
    join callback_entries e on e.project = p.key
    where e.closed_at < $1 or (e.closed_at is null and e.opened_at < $1)
    limit $2
)
