-- The numbers of agents. $1 project, $2 JSON list of keys. By: store/agents. Index: unique (project, key).
select a.key, a.id
from jsonb_array_elements_text($2::jsonb) l (value)
cross join lateral (select * from agents a where a.project = $1 and a.key = l.value offset 0) a
