-- Removes a pause that stands under the new spelling ($2) of a stop's address, when the stop ($1) is of the same and goes on for
-- longer. Caller: migrate, once. Index: primary key, suppressions_in_force.
delete from suppressions
where id in (
    select t.id
    from suppressions s
    join suppressions t on t.channel = s.channel and t.address = $2 and t.lifted_at is null
        and coalesce(t.project, 0) = coalesce(s.project, 0) and coalesce(t.schedule, '') = coalesce(s.schedule, '')
    where s.id = $1 and s.lifted_at is null and t.until is not null and (s.until is null or t.until < s.until)
)
