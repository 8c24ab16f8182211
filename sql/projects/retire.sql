-- Retires a project; its calls and its ledger stay. Caller: apply --prune. Index: projects.id.
update projects set retired_at = $2, updated_at = $2 where id = $1
