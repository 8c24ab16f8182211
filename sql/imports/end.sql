-- The account of an import that came to its end. $1 import, $2 now, $3 rows, $4 new, $5 updated, $6 unchanged,
-- $7 set aside, $8 state.
-- By: store/imports. Index: primary key.
update imports
set ended_at = $2, seen_at = $2, state = $8, rows_read = $3, calls_new = $4, calls_updated = $5, calls_unchanged = $6, rows_set_aside = $7
where id = $1
