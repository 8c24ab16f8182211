-- Callers to call back whose entry was open at some time of each span: opened before its end, not closed before its start.
-- $1: [[span, project, from, to, all], …], microseconds; all: those too that the usual rule doesn't count.
-- Caller: store::slices. Index: callback_entries_by_closing.
select (s.value ->> 0)::bigint as span, e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from jsonb_array_elements($1::jsonb) s
join callback_entries e
    on e.project = (s.value ->> 1)::bigint
    and e.closed_at is null
    and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
    and (e.usual or (s.value ->> 4)::boolean)
union all
select (s.value ->> 0)::bigint as span, e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from jsonb_array_elements($1::jsonb) s
join callback_entries e
    on e.project = (s.value ->> 1)::bigint
    and e.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
    and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
    and (e.usual or (s.value ->> 4)::boolean)
