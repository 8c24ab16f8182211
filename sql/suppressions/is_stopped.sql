-- Whether a schedule is stopped for an address. Callers: the stop page. Index: suppressions_in_force.
select count(*) as stopped from suppressions
where channel = $1 and address = lower($2) and lifted_at is null
    and (project is null or project = $3) and (schedule is null or schedule = $4)
