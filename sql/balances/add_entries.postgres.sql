-- Adds entries; an id that is known changes nothing. $1: JSON list of [project, balance, id, microseconds, kind, amount, what],
-- $2 now. By: store/balances. Index: primary key.
insert into balance_entries (project, balance, id, at, kind, amount, what, added_at)
select (l ->> 0)::bigint, l ->> 1, l ->> 2, timestamptz 'epoch' + (l ->> 3)::bigint * interval '1 microsecond', l ->> 4,
    (l ->> 5)::bigint, l ->> 6, $2
from jsonb_array_elements($1::jsonb) l
on conflict do nothing
