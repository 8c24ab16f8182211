-- A run's step in the ledger. Callers: build_reports, housekeeping.
insert into ledger (at, project, run, from_state, to_state, reason, detail, actor)
values ($1, $2, $3, $4, $5, $6, $7, $8)
