-- What moved balances in the spans that matter to them, all in one text, for a row costs more to hand over than to find:
-- `place:moment amount,moment amount;place:…`, where a moment is microseconds times eight plus the kind. $1: JSON list of
-- [project, balance, from, to] in microseconds. By: evaluate_rules. Index: balance_entries_by_time.
select string_agg((w.place - 1) || ':' || n.moved, ';') as packed
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
cross join lateral (
    select string_agg(((extract(epoch from n.at) * 1000000)::bigint * 8 + case n.kind
            when 'usage' then 0 when 'fixed' then 1 when 'topup' then 2 when 'topup_failed' then 3 when 'refund' then 4
            else 5 end) || ' ' || n.amount, ',') as moved
    from balance_entries n
    where n.project = (w.item ->> 0)::bigint and n.balance = w.item ->> 1
        and n.at >= timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond'
        and n.at < timestamptz 'epoch' + (w.item ->> 3)::bigint * interval '1 microsecond'
) n
