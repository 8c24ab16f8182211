-- What stops an address of a channel now. Callers: the stop page, replies to texts. Index: suppressions_by_address.
select id, project, schedule, reason, actor, until from suppressions
where channel = $1 and address = lower($2) and lifted_at is null
order by id
