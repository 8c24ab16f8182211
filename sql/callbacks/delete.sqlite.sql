-- Removes entries that are about to be written anew. $1 project, $2 JSON list of [client, time]. By: store/callbacks.
-- Index: primary key.
delete from callback_entries
where (project, client, opened_at) in (
    select e.project, e.client, e.opened_at
    from json_each($2) l
    cross join callback_entries e on e.project = $1 and e.client = l.value->>0 and e.opened_at >= l.value->>1
)
