-- What a silence kept back since $1: of a project ($2; null: of all), a kind ($3) and to a contact ($4). Caller: notify::silence.
-- Index: deliveries_silenced, whose condition is repeated, because SQLite takes a partial index for nothing else.
select coalesce(v.subject, d.kind) as subject, min(d.created_at) as since, count(*) as times
from deliveries d
left join variants v on v.id = d.variant
where d.reason = 'silenced' and d.created_at >= $1 and d.state = 'suppressed'
    and (cast($2 as bigint) is null or d.project = $2) and (cast($3 as text) is null or d.kind = $3)
    and (cast($4 as text) is null or d.contact = $4)
group by coalesce(v.subject, d.kind)
order by 2, 1
limit 100
