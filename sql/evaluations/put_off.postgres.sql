-- Projects ($1: JSON list) that can't be judged are looked at again later ($2). By: evaluate_rules. Index: primary key.
update evaluations set due_at = $2, version = version + 1
where project in (select cast(w.project as bigint) from jsonb_array_elements_text($1::jsonb) w (project))
