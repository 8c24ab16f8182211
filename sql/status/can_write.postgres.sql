-- Whether a transaction that begins now could write: not by the session's setting, nor while the server follows another.
-- Callers: readiness, `serve`.
select current_setting('transaction_read_only') = 'off' as can_write
