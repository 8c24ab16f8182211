-- When callers waited whose entries are too old to be listed, if they did at some time from a moment on.
-- $1: [[span, project, client, older than, from, words, short], …], microseconds.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: primary key of callback_entries.
select (s.value ->> 0)::bigint as span, e.client, e.opened_at, e.closed_at
from jsonb_array_elements($1::jsonb) s
join callback_entries e
    on e.project = (s.value ->> 1)::bigint
    and e.client = (s.value ->> 2)::bigint
    and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 3)::bigint
cross join lateral (select e.missed::jsonb -> 0 as first offset 0) m
where coalesce(e.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 4)::bigint, true)
    and coalesce(
        (m.first ->> 3)::bigint = 1
        or (m.first ->> 1)::bigint = 10
        or (
            (s.value ->> 5)::bigint >> (m.first ->> 1)::int & 1 = 1
            and not ((m.first ->> 1)::bigint in (3, 4) and coalesce((m.first ->> 2)::bigint <= (s.value ->> 6)::bigint, false))
        ),
        false
    )
