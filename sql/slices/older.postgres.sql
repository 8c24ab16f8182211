-- How many callers to call back, whose entries are too old to be listed, waited at each span's end and before, how many of them
-- stopped waiting within it, and how many after it until it was read; without numbers that the directory ignores.
-- $1: [[span, project, since, end, end of the one compared with or null, older than, words, short, from, read], …], microseconds.
-- The rule is that of `domain::callback::Rule` for the first missed call of an entry, kept as [microseconds, status, wait,
-- requested]: asked for (1), failed (status 10), or one of the words (a bit for each status) and not short (the statuses 3
-- and 4, up to so many seconds).
-- Caller: store::slices. Index: callback_entries_by_closing.
select
    (w.asked ->> 0)::bigint as span,
    count(*) filter (where w.closed_at is null or w.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 3)::bigint) as open,
    count(*) filter (
        where w.asked ->> 4 is not null and (w.closed_at is null or w.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 4)::bigint)
    ) as open_before,
    count(*) filter (where w.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 8)::bigint and w.closed_at < timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 3)::bigint) as reached,
    count(*) filter (where w.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 3)::bigint and w.closed_at < timestamptz 'epoch' + interval '1 microsecond' * (w.asked ->> 9)::bigint) as reached_since
from (
    select s.value as asked, e.project, e.client, e.closed_at, e.missed
    from jsonb_array_elements($1::jsonb) s
    join callback_entries e
        on e.project = (s.value ->> 1)::bigint
        and e.closed_at is null
        and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 5)::bigint
    union all
    select s.value as asked, e.project, e.client, e.closed_at, e.missed
    from jsonb_array_elements($1::jsonb) s
    join callback_entries e
        on e.project = (s.value ->> 1)::bigint
        and e.closed_at >= timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 2)::bigint
        and e.opened_at < timestamptz 'epoch' + interval '1 microsecond' * (s.value ->> 5)::bigint
) w
cross join lateral (select w.missed::jsonb -> 0 as first offset 0) m
where not exists (
        select 1 from listed_numbers n where n.project = w.project and n.number = w.client and n.ignored
    )
    and coalesce(
        (m.first ->> 3)::bigint = 1
        or (m.first ->> 1)::bigint = 10
        or (
            (w.asked ->> 6)::bigint >> (m.first ->> 1)::int & 1 = 1
            and not ((m.first ->> 1)::bigint in (3, 4) and coalesce((m.first ->> 2)::bigint <= (w.asked ->> 7)::bigint, false))
        ),
        false
    )
group by w.asked ->> 0
