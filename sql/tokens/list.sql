-- Tokens of a project ($1; null: of all), newest first; without those that are revoked or whose time is up at $3, unless $2.
-- Caller: `token list`. Index: none, there are few.
select t.id, t.name, t.project, p.id as project_id, p.retired_at as project_retired_at, t.scope, t.hash, t.expires_at,
    t.created_at, t.created_by, t.used_at, t.revoked_at, t.revoked_by
from tokens t
join projects p on p.key = t.project
where (cast($1 as bigint) is null or t.project = $1)
    and ($2 or (t.revoked_at is null and (t.expires_at is null or t.expires_at > $3)))
order by t.created_at desc, t.id
