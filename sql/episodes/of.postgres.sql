-- What rules remember of projects ($1 and $2: spans of keys, from and to); a list a column, for a row costs more to hand over than
-- to find. By: evaluate_rules, explain, apply, balance. Index: primary key.
select coalesce(array_agg(n.project), '{}') as project, coalesce(array_agg(n.balance), '{}') as balance,
    coalesce(array_agg(n.rule), '{}') as rule, coalesce(array_agg(n.number), '{}') as number,
    coalesce(array_agg(n.is_open), '{}') as is_open, coalesce(array_agg(n.known), '{}') as known,
    coalesce(array_agg(n.was_told), '{}') as was_told, coalesce(array_agg(n.limits), '{}') as limits,
    coalesce(array_agg(n.height), '{}') as height, coalesce(array_agg(n.settled), '{}') as settled,
    coalesce(array_agg(n.was_widened), '{}') as was_widened, coalesce(array_agg(n.decision), '{}') as decision,
    coalesce(array_agg(n.decided_at), '{}') as decided_at
from unnest($1::bigint[], $2::bigint[]) w (first, last)
join episodes n on n.project between w.first and w.last
