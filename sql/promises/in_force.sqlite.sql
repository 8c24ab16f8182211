-- What was said of payments for projects ($1: JSON list) and not taken back. By: evaluate_rules, forecast, standing, explain,
-- the page. Index: promises_in_force, whose condition is repeated, because SQLite takes a partial index for nothing else.
select y.project, y.balance, y.arrives_on, y.contact, y.told_at
from json_each($1) w
cross join promises y on y.project = w.value and y.withdrawn_at is null
order by y.project, y.balance, y.id
