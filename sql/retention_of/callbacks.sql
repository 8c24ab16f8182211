-- Callers of a project to call back whose last word is older than $2 and whose calls are gone. $1 project, $3 how many.
-- By: store/retention_of. Index: callback_entries_by_closing, calls_by_client.
select e.client, e.opened_at
from callback_entries e
where e.project = $1 and coalesce(e.closed_at, e.opened_at) < $2
  and not exists (
    select 1 from calls c
    where c.project = e.project and c.client is not null and c.client = e.client
        and c.started_at >= e.opened_at and c.started_at <= coalesce(e.closed_at, e.opened_at)
  )
limit $3
