-- One lane, inside the transaction that spends its tokens. Callers: the sending loop's claim. Index: primary key.
select id, failures, shut_until, held_reason, tokens, refilled_at, last_error, updated_at from lanes where id = $1
