-- What stops addresses, newest first; with what was lifted when $1. Callers: `suppressions list`. Index: primary key.
select x.id, p.id as project, x.schedule, x.channel, x.address, x.reason, x.detail, x.actor, x.created_at, x.until, x.lifted_at,
    x.lifted_by, x.lifted_reason
from suppressions x
left join projects p on p.key = x.project
where ($1 or x.lifted_at is null) and (cast($2 as text) is null or x.address = lower($2))
order by x.id desc
