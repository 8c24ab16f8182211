-- Numbers for agents. A name replaces an older one: `named_at` is the start of the call that told it.
-- $1 project, $2 JSON list of [key, name, time]. By: store/agents. Index: unique (project, key).
insert into agents (project, key, name, named_at)
select $1, l.value->>0, l.value->>1, l.value->>2
from json_each($2) l
where true
on conflict (project, key) do update
set name = coalesce(excluded.name, agents.name), named_at = coalesce(excluded.named_at, agents.named_at)
where excluded.name is not null
    and (agents.name is null or agents.named_at < excluded.named_at
        or (agents.named_at = excluded.named_at and agents.name < excluded.name))
