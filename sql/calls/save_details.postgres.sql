-- Writes the cold half of calls: new ones, and those that still have the version that was read. A call that somebody
-- else wrote meanwhile gives no row. $1 project, $2 source, $3 JSON list of [call id, new version, evidence, record], $4 now.
-- By: store/calls. Index: unique (project, source, call_id).
insert into call_details (project, source, call_id, version, evidence, record, first_seen_at, updated_at)
select $1, $2, l->>0, (l->>1)::bigint, l->>2, l->>3, $4, $4
from jsonb_array_elements($3::jsonb) l
on conflict (project, source, call_id) do update
set version = excluded.version, evidence = excluded.evidence, record = excluded.record, updated_at = excluded.updated_at
where call_details.version = excluded.version - 1
returning id, call_id
