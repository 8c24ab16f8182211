-- What moved balances in the spans that matter to them, packed into two texts of the same order: microseconds times eight plus
-- the kind, and amounts. $1: JSON list of [project, balance, from, to] in microseconds. By: evaluate_rules.
-- Index: balance_entries_by_time.
select w.key as place, group_concat(n.at * 8 + case n.kind
        when 'usage' then 0 when 'fixed' then 1 when 'topup' then 2 when 'topup_failed' then 3 when 'refund' then 4
        else 5 end) as packed, group_concat(n.amount) as amounts
from json_each($1) w
cross join balance_entries n on n.project = w.value ->> 0 and n.balance = w.value ->> 1
    and n.at >= w.value ->> 2 and n.at < w.value ->> 3
group by w.key
