-- When callers waited whose entries are too old to be listed, if they did at some time from a moment on.
-- $1: [[span, project, client, older than, from, words, short], …], microseconds.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: primary key of callback_entries.
select s.value ->> 0 as span, e.client, e.opened_at, e.closed_at
from json_each($1) s
cross join callback_entries e
    on e.project = s.value ->> 1 and e.client = s.value ->> 2 and e.opened_at < s.value ->> 3
where coalesce(e.closed_at >= s.value ->> 4, true)
    and coalesce(
        e.missed ->> '$[0][3]' = 1
        or e.missed ->> '$[0][1]' = 10
        or (
            (s.value ->> 5) >> (e.missed ->> '$[0][1]') & 1 = 1
            and not (e.missed ->> '$[0][1]' in (3, 4) and coalesce(e.missed ->> '$[0][2]' <= s.value ->> 6, false))
        ),
        false
    )
