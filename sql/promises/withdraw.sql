-- Ends what was said of a payment for a thing: $1 project, $2 balance, $3 now. By: store/promises. Index: promises_in_force.
update promises set withdrawn_at = $3 where project = $1 and balance = $2 and withdrawn_at is null
