-- A token by the part of it that is no secret. Callers: every request to /v1, `token revoke`. Index: primary key.
select t.id, t.name, t.project, p.id as project_id, p.retired_at as project_retired_at, t.scope, t.hash, t.expires_at,
    t.created_at, t.created_by, t.used_at, t.revoked_at, t.revoked_by
from tokens t
join projects p on p.key = t.project
where t.id = $1
