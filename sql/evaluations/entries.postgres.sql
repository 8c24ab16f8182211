-- What moved balances in the spans that matter to them, as four lists of one length, for a row costs more to hand over than
-- to find: the span's place from 1, the moment, the kind as a digit, the sum. $1: JSON list of [project, balance, from, to] in
-- microseconds. By: evaluate_rules. Index: balance_entries_by_time.
with wanted as materialized (
    select w.place, (w.item ->> 0)::bigint as project, w.item ->> 1 as balance,
        timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond' as since,
        timestamptz 'epoch' + (w.item ->> 3)::bigint * interval '1 microsecond' as until
    from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
)
select array_agg(w.place) as places, array_agg(n.at) as moments,
    string_agg(case n.kind when 'usage' then '0' when 'fixed' then '1' when 'topup' then '2' when 'topup_failed' then '3'
        when 'refund' then '4' else '5' end, '') as kinds,
    array_agg(n.amount) as amounts
from wanted w
join balance_entries n on n.project = w.project and n.balance = w.balance and n.at >= w.since and n.at < w.until
