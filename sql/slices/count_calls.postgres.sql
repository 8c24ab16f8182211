-- How many calls of a project started in each of these periods ($1: JSON list of [project, from, to] in microseconds), in that order.
-- Caller: store::slices. Index: primary key of calls, calls_by_start.
select (
    select count(*) from calls c
    where c.project = (w.item ->> 0)::bigint
        and c.started_at >= timestamptz 'epoch' + (w.item ->> 1)::bigint * interval '1 microsecond'
        and c.started_at < timestamptz 'epoch' + (w.item ->> 2)::bigint * interval '1 microsecond'
) as calls
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
order by w.place
