-- Entries that stand already under these ids. $1: JSON list of [project, balance, id]. By: store/balances. Index: primary key.
select e.project, e.balance, e.id, e.at, e.kind, e.amount, e.what
from jsonb_array_elements($1::jsonb) w (item)
join balance_entries e on e.project = (w.item ->> 0)::bigint and e.balance = w.item ->> 1 and e.id = w.item ->> 2
