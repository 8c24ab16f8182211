-- By what erased persons are known again: those erased everywhere, and those of a project ($1; null: of all).
-- By: store/erased. Index: none, all are wanted.
select project, token, kind, hash, key, erased_at
from erased
where project is null or cast($1 as bigint) is null or project = $1
order by id
