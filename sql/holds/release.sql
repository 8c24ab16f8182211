-- Ends a hold; what was due before $4 (null: nothing) isn't sent any more. Caller: notify::hold. Index: primary key.
update holds set released_at = $2, released_by = $3, skip_due_before = $4 where id = $1 and released_at is null
