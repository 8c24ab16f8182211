-- Ends what stops an address: one row by its number, or all of an address. Callers: `suppressions lift`.
-- Index: suppressions_in_force; there are few.
update suppressions set lifted_at = $3, lifted_by = $4, lifted_reason = $5
where lifted_at is null
    and (cast($1 as bigint) is null or id = $1)
    and (cast($2 as text) is null or address = lower($2))
    and (cast($1 as bigint) is not null or cast($2 as text) is not null)
