-- What moved balances in the spans that matter to them, all in one text, for a row costs more to hand over than to find:
-- `place:moment amount,moment amount;place:…`, where a moment is microseconds times eight plus the kind. $1: JSON list of
-- [project, balance, from, to] in microseconds. By: evaluate_rules. Index: balance_entries_by_time.
select group_concat(w.key || ':' || (
    select group_concat((n.at * 8 + case n.kind
            when 'usage' then 0 when 'fixed' then 1 when 'topup' then 2 when 'topup_failed' then 3 when 'refund' then 4
            else 5 end) || ' ' || n.amount)
    from balance_entries n
    where n.project = w.value ->> 0 and n.balance = w.value ->> 1 and n.at >= w.value ->> 2 and n.at < w.value ->> 3
), ';') as packed
from json_each($1) w
