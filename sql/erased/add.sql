-- Keeps by what an erased person is known again; who was erased before is erased anew. $1 project or null, $2 token, $3 kind,
-- $4 hash, $5 key, $6 moment. By: store/erased. Index: the unique one, by its conflict.
insert into erased (project, token, kind, hash, key, erased_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (kind, hash, coalesce(project, 0)) do update set erased_at = excluded.erased_at
where erased.erased_at < excluded.erased_at
