-- Numbers for agents. A name replaces an older one: `named_at` is the start of the call that told it. One whose letters
-- couldn't be read (U+FFFD) never replaces one that could.
-- $1 project, $2 JSON list of [key, name, time]. By: store/agents. Index: unique (project, key).
insert into agents (project, key, name, named_at)
select $1, l.value->>0, l.value->>1, l.value->>2
from json_each($2) l
where true
on conflict (project, key) do update
set name = coalesce(excluded.name, agents.name), named_at = coalesce(excluded.named_at, agents.named_at)
where excluded.name is not null
    and (agents.name is null or (instr(agents.name, char(65533)) = 0, agents.named_at, agents.name)
        < (instr(excluded.name, char(65533)) = 0, excluded.named_at, excluded.name))
