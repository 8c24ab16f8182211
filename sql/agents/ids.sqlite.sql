-- The numbers of agents. $1 project, $2 JSON list of keys. By: store/agents. Index: unique (project, key).
select a.key, a.id from json_each($2) l cross join agents a on a.project = $1 and a.key = l.value
