-- A project was edited: if it is judged at all, it is judged anew. $1 its id, $2 now. By: store/projects. Index: primary key.
update evaluations
set due_at = case when due_at < $2 then due_at else $2 end, version = version + 1
where project = (select key from projects where id = $1)
