-- Entries that stand already under these ids. $1: JSON list of [project, balance, id]. By: store/balances. Index: primary key.
select e.project, e.balance, e.id, e.at, e.kind, e.amount, e.what
from json_each($1) w
cross join balance_entries e on e.project = w.value ->> 0 and e.balance = w.value ->> 1 and e.id = w.value ->> 2
