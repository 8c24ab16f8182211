-- Callers to call back whose entry was open at some time of each span: opened before its end, not closed before its start.
-- Of those that opened earlier than they are listed from, only those whose first missed call the report's rule doesn't
-- count, because they begin later under it; `older.postgres.sql` counts the others.
-- $1: [[span, project, from, to, all, listed from, words, short], …], microseconds; all: those too that the usual rule
-- doesn't count.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: callback_entries_by_closing.
select
    (w.asked ->> 0)::bigint as span, w.client, w.opened_at, w.closed_at, w.closed_by, w.tracking, w.missed, w.attempts
from (
    select s.value as asked, e.*
    from jsonb_array_elements($1::jsonb) s
    join callback_entries e
        on e.project = (s.value ->> 1)::bigint
        and e.closed_at is null
        and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
        and (e.usual or (s.value ->> 4)::boolean)
    union all
    select s.value as asked, e.*
    from jsonb_array_elements($1::jsonb) s
    join callback_entries e
        on e.project = (s.value ->> 1)::bigint
        and e.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
        and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
        and (e.usual or (s.value ->> 4)::boolean)
) w
cross join lateral (select w.missed::jsonb -> 0 as first offset 0) m
where w.opened_at >= timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 5)::bigint
    or not coalesce(
        (m.first ->> 3)::bigint = 1
        or (m.first ->> 1)::bigint = 10
        or (
            (w.asked ->> 6)::bigint >> (m.first ->> 1)::int & 1 = 1
            and not ((m.first ->> 1)::bigint in (3, 4) and coalesce((m.first ->> 2)::bigint <= (w.asked ->> 7)::bigint, false))
        ),
        false
    )
