-- Ends the building of a run, if whoever holds this token still holds it. Caller: build_reports, in the transaction
-- that posts the notice. Index: primary key.
update runs
set state = $3, reason = $4, built_at = $5, updated_at = $6, lease_until = null, lease_token = null
where id = $1 and state = 'building' and lease_token = $2
