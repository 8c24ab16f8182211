-- Projects to be judged ($1: now), the longest due first, at most $2. All in one JSON list, for rows cost more to hand over
-- than to find. By: evaluate_rules. Index: evaluations_due.
select json_group_array(project) as packed
from (
    select e.project
    from evaluations e
    join projects p on p.key = e.project and p.retired_at is null
    where e.due_at <= $1
    order by e.due_at
    limit $2
)
