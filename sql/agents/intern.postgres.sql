-- Numbers for agents. A name replaces an older one: `named_at` is the start of the call that told it.
-- $1 project, $2 JSON list of [key, name, time in microseconds]. By: store/agents. Index: unique (project, key).
insert into agents (project, key, name, named_at)
select $1, l->>0, l->>1, timestamptz 'epoch' + (l->>2)::bigint * interval '1 microsecond'
from jsonb_array_elements($2::jsonb) l
on conflict (project, key) do update
set name = coalesce(excluded.name, agents.name), named_at = coalesce(excluded.named_at, agents.named_at)
where excluded.name is not null
    and (agents.name is null or agents.named_at < excluded.named_at
        or (agents.named_at = excluded.named_at and agents.name < excluded.name))
