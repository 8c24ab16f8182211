-- Removes up to $2 rows that couldn't be read, of imports that began before $1. Caller: forget. Index: primary key.
delete from set_aside
where (import, line, field) in (
    select s.import, s.line, s.field
    from imports i
    join set_aside s on s.import = i.id
    where i.started_at < $1 and i.state <> 'running'
    order by i.id
    limit $2
)
