-- What moved balances in the spans that matter to them. $1: JSON list of [project, balance, from, to] in microseconds.
-- By: evaluate_rules. Index: balance_entries_by_time.
select w.place - 1 as place, n.at, n.kind, n.amount
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
join balance_entries n on n.project = (w.item ->> 0)::bigint and n.balance = w.item ->> 1
    and n.at >= timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond'
    and n.at < timestamptz 'epoch' + (w.item ->> 3)::bigint * interval '1 microsecond'
order by 1, n.at
