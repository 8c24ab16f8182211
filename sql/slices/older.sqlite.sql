-- How many callers to call back, whose entries are too old to be listed, waited at each span's end and before, how many of them
-- stopped waiting within it, and how many after it until it was read; without numbers that the directory ignores.
-- $1: [[span, project, since, end, end of the one compared with or null, older than, words, short, from, read], …], microseconds.
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
        value ->> 4 as before,
        value ->> 5 as older_than,
        value ->> 6 as words,
        value ->> 7 as short,
        value ->> 8 as begins,
        value ->> 9 as read
    from json_each($1)
)
select
    w.span,
    sum(coalesce(w.closed_at >= w.until, true)) as open,
    sum(w.before is not null and coalesce(w.closed_at >= w.before, true)) as open_before,
    sum(coalesce(w.closed_at >= w.begins and w.closed_at < w.until, false)) as reached,
    sum(coalesce(w.closed_at >= w.until and w.closed_at < w.read, false)) as reached_since
from (
    select s.span, s.until, s.before, s.begins, s.read, s.words, s.short, e.project, e.client, e.closed_at, e.missed
    from asked s
    cross join callback_entries e
        on e.project = s.project and e.closed_at is null and e.opened_at < s.older_than
    union all
    select s.span, s.until, s.before, s.begins, s.read, s.words, s.short, e.project, e.client, e.closed_at, e.missed
    from asked s
    cross join callback_entries e
        on e.project = s.project and e.closed_at >= s.since and e.opened_at < s.older_than
) w
where not exists (
        select 1 from listed_numbers n where n.project = w.project and n.number = w.client and n.ignored
    )
    and coalesce(
        w.missed ->> '$[0][3]' = 1
        or w.missed ->> '$[0][1]' = 10
        or (
            w.words >> (w.missed ->> '$[0][1]') & 1 = 1
            and not (w.missed ->> '$[0][1]' in (3, 4) and coalesce(w.missed ->> '$[0][2]' <= w.short, false))
        ),
        false
    )
group by w.span
