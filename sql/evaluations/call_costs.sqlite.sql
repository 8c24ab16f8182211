-- What calls of a day cost, for many days at once. $1: JSON list of [project, currency, whether calls that tell no currency are
-- in it, from, to in microseconds]; places without such a call give no row. By: evaluate_rules, `forecast`.
-- Index: primary key of calls.
select w.key as place, cast(sum(d.record ->> '$.cost_micro') as integer) as amount
from json_each($1) w
cross join calls c on c.project = w.value ->> 0 and c.started_at >= w.value ->> 3 and c.started_at < w.value ->> 4
cross join call_details d on d.id = c.id
where d.record ->> '$.cost_micro' is not null
    and (d.record ->> '$.currency' = w.value ->> 1 or (w.value ->> 2 and d.record ->> '$.currency' is null))
group by w.key
