-- Ends a pause that a stop without an end takes the place of. Caller: Session::suppress. Index: suppressions_in_force.
update suppressions set lifted_at = $5, lifted_by = $6, lifted_reason = 'it was stopped without an end'
where channel = $1 and address = lower($2) and until is not null and lifted_at is null
    and coalesce(project, 0) = coalesce(cast($3 as bigint), 0) and coalesce(schedule, '') = coalesce(cast($4 as text), '')
