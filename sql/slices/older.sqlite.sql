-- How many callers to call back, whose entries are too old to be listed, waited at each span's end and before, and how many
-- stopped waiting within it; without numbers that the directory ignores.
-- $1: [[span, project, since, end, end of the one compared with or null, older than, words, short, from], …], microseconds.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: callback_entries_by_closing.
select
    w.asked ->> 0 as span,
    sum(coalesce(w.closed_at >= w.asked ->> 3, true)) as open,
    sum(w.asked ->> 4 is not null and coalesce(w.closed_at >= w.asked ->> 4, true)) as open_before,
    sum(coalesce(w.closed_at >= w.asked ->> 8 and w.closed_at < w.asked ->> 3, false)) as reached
from (
    select s.value as asked, e.project, e.client, e.closed_at
    from json_each($1) s
    cross join callback_entries e
        on e.project = s.value ->> 1 and e.closed_at is null and e.opened_at < s.value ->> 5
    where coalesce(
            e.missed ->> '$[0][3]' = 1
            or e.missed ->> '$[0][1]' = 10
            or (
                (s.value ->> 6) >> (e.missed ->> '$[0][1]') & 1 = 1
                and not (e.missed ->> '$[0][1]' in (3, 4) and coalesce(e.missed ->> '$[0][2]' <= s.value ->> 7, false))
            ),
            false
        )
    union all
    select s.value as asked, e.project, e.client, e.closed_at
    from json_each($1) s
    cross join callback_entries e
        on e.project = s.value ->> 1 and e.closed_at >= s.value ->> 2 and e.opened_at < s.value ->> 5
    where coalesce(
            e.missed ->> '$[0][3]' = 1
            or e.missed ->> '$[0][1]' = 10
            or (
                (s.value ->> 6) >> (e.missed ->> '$[0][1]') & 1 = 1
                and not (e.missed ->> '$[0][1]' in (3, 4) and coalesce(e.missed ->> '$[0][2]' <= s.value ->> 7, false))
            ),
            false
        )
) w
where not exists (
    select 1 from listed_numbers n where n.project = w.project and n.number = w.client and n.ignored
)
group by w.asked ->> 0
