-- Whether a project ($1) is still to be judged at $2: a fact came in, or a day began. Caller: explain. Index: primary key.
select 1 from evaluations where project = $1 and due_at <= $2
