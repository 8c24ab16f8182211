-- How many calls of a project started in each of these periods ($1: JSON list of [project, from, to] in microseconds), in that order.
-- Caller: store::slices. Index: primary key of calls, calls_by_start.
select (
    select count(*) from calls c
    where c.project = w.value ->> 0 and c.started_at >= w.value ->> 1 and c.started_at < w.value ->> 2
) as calls
from json_each($1) w
order by w.key
