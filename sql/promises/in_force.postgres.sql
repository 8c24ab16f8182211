-- What was said of payments for projects ($1: JSON list) and not taken back. By: evaluate_rules, forecast, standing, explain,
-- the page. Index: promises_in_force.
select y.project, y.balance, y.arrives_on, y.contact, y.told_at
from jsonb_array_elements_text($1::jsonb) w (project)
join promises y on y.project = cast(w.project as bigint) and y.withdrawn_at is null
order by y.project, y.balance, y.id
