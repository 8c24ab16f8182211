-- Adds entries; an id that is known changes nothing. $1 project, $2 balance, $3 JSON list of
-- [id, microseconds, kind, amount, what], $4 now. By: store/balances. Index: primary key.
insert into balance_entries (project, balance, id, at, kind, amount, what, added_at)
select $1, $2, l->>0, timestamptz 'epoch' + (l->>1)::bigint * interval '1 microsecond', l->>2, (l->>3)::bigint, l->>4, $4
from jsonb_array_elements($3::jsonb) l
on conflict do nothing
