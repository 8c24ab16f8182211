-- What moved balances in the spans that matter to them, as three lists of one length, for a row costs more to hand over than
-- to find: the span's place from 1 times eight plus the kind, the moment, the sum. $1 projects, $2 balances, $3 from, $4 to, as lists
-- of one length. By: evaluate_rules. Index: balance_entries_by_time.
with wanted as materialized (
    select w.place, w.project, w.balance, w.since, w.until
    from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[]) with ordinality
        w (project, balance, since, until, place)
)
select array_agg(w.place * 8 + case n.kind when 'usage' then 0 when 'fixed' then 1 when 'topup' then 2
        when 'topup_failed' then 3 when 'refund' then 4 else 5 end) as places,
    array_agg(n.at) as moments, array_agg(n.amount) as amounts
from wanted w
join balance_entries n on n.project = w.project and n.balance = w.balance and n.at >= w.since and n.at < w.until
