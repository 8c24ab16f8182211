-- Keeps rows that couldn't be read. $1 import, $2 JSON list of [line, column, value, reason]. By: store/imports.
insert into set_aside (import, line, field, value, reason)
select $1, (l->>0)::bigint, l->>1, l->>2, l->>3
from jsonb_array_elements($2::jsonb) l
on conflict (import, line, field) do nothing
