-- Callers to call back whose entry was open at some time of each span: opened before its end, not closed before its start.
-- $1: [[span, project, from, to, all], …], microseconds; all: those too that the usual rule doesn't count.
-- Caller: store::slices. Index: callback_entries_by_closing.
select s.value ->> 0 as span, e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from json_each($1) s
cross join callback_entries e
    on e.project = s.value ->> 1 and e.closed_at is null and e.opened_at < s.value ->> 3
    and (e.usual or s.value ->> 4)
union all
select s.value ->> 0 as span, e.client, e.opened_at, e.closed_at, e.closed_by, e.tracking, e.missed, e.attempts
from json_each($1) s
cross join callback_entries e
    on e.project = s.value ->> 1 and e.closed_at >= s.value ->> 2 and e.opened_at < s.value ->> 3
    and (e.usual or s.value ->> 4)
