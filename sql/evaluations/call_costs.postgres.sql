-- What calls of a day cost, for many days at once. $1: JSON list of [project, currency, whether calls that tell no currency are
-- in it, from, to in microseconds]; places without such a call give no row. By: evaluate_rules, `forecast`.
-- Index: calls_by_start.
select w.place - 1 as place, cast(sum((d.record::jsonb ->> 'cost_micro')::bigint) as bigint) as amount
from jsonb_array_elements($1::jsonb) with ordinality w (item, place)
join calls c on c.project = (w.item ->> 0)::bigint
    and c.started_at >= timestamptz 'epoch' + (w.item ->> 3)::bigint * interval '1 microsecond'
    and c.started_at < timestamptz 'epoch' + (w.item ->> 4)::bigint * interval '1 microsecond'
join call_details d on d.id = c.id
where d.record::jsonb ->> 'cost_micro' is not null
    and (d.record::jsonb ->> 'currency' = w.item ->> 1
        or ((w.item ->> 2)::boolean and d.record::jsonb ->> 'currency' is null))
group by w.place
