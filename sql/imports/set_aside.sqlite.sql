-- Keeps rows that couldn't be read. $1 import, $2 JSON list of [line, column, value, reason]. By: store/imports.
insert into set_aside (import, line, field, value, reason)
select $1, l.value->>0, l.value->>1, l.value->>2, l.value->>3
from json_each($2) l
where true
on conflict (import, line, field) do nothing
