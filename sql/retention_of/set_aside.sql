-- Imports of a project that began before $2 and still have rows that couldn't be read. $1 project, $3 how many.
-- By: store/retention_of. Index: primary key of set_aside.
select i.id
from imports i
where i.project = $1 and i.started_at < $2 and i.state <> 'running'
  and exists (select 1 from set_aside s where s.import = i.id)
order by i.id
limit $3
