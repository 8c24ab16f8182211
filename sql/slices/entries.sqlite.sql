-- Callers to call back whose entry was open at some time of each span: opened before its end, not closed before its start.
-- Of those that opened earlier than they are listed from, only those whose first missed call the report's rule doesn't
-- count, because they begin later under it; `older.sqlite.sql` counts the others.
-- $1: [[span, project, from, to, all, listed from, words, short], …], microseconds; all: those too that the usual rule
-- doesn't count.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: callback_entries_by_closing.
with asked as materialized (
    select
        value ->> 0 as span,
        value ->> 1 as project,
        value ->> 2 as since,
        value ->> 3 as until,
        value ->> 4 as every,
        value ->> 5 as listed_from,
        value ->> 6 as words,
        value ->> 7 as short
    from json_each($1)
)
select w.span, w.client, w.opened_at, w.closed_at, w.closed_by, w.tracking, w.missed, w.attempts
from (
    select s.span, s.listed_from, s.words, s.short, e.*
    from asked s
    cross join callback_entries e
        on e.project = s.project and e.closed_at is null and e.opened_at < s.until
        and (e.usual or s.every)
    union all
    select s.span, s.listed_from, s.words, s.short, e.*
    from asked s
    cross join callback_entries e
        on e.project = s.project and e.closed_at >= s.since and e.opened_at < s.until
        and (e.usual or s.every)
) w
where w.opened_at >= w.listed_from
    or not coalesce(
        w.missed ->> '$[0][3]' = 1
        or w.missed ->> '$[0][1]' = 10
        or (
            w.words >> (w.missed ->> '$[0][1]') & 1 = 1
            and not (w.missed ->> '$[0][1]' in (3, 4) and coalesce(w.missed ->> '$[0][2]' <= w.short, false))
        ),
        false
    )
