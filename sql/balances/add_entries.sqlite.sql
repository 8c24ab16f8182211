-- Adds entries; an id that is known changes nothing. $1 project, $2 balance, $3 JSON list of
-- [id, microseconds, kind, amount, what], $4 now. By: store/balances. Index: primary key.
insert into balance_entries (project, balance, id, at, kind, amount, what, added_at)
select $1, $2, l.value->>0, l.value->>1, l.value->>2, l.value->>3, l.value->>4, $4
from json_each($3) l
where true
on conflict do nothing
