-- When codes for a number ($1) were asked for after $2, oldest first. Caller: `number confirm`, for its limit.
-- Index: number_confirmations_of_number.
select sent_at from number_confirmations where number = $1 and sent_at > $2 order by sent_at
