-- Adds entries; an id that is known changes nothing. $1: JSON list of [project, balance, id, microseconds, kind, amount, what],
-- $2 now. By: store/balances. Index: primary key.
insert into balance_entries (project, balance, id, at, kind, amount, what, added_at)
select l.value ->> 0, l.value ->> 1, l.value ->> 2, l.value ->> 3, l.value ->> 4, l.value ->> 5, l.value ->> 6, $2
from json_each($1) l
where true
on conflict do nothing
