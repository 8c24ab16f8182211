-- How these projects stand. $1: JSON list. By: store/standings. Index: primary key.
select s.project, s.status, s.paid_until, s.as_of
from json_each($1) w
cross join standings s on s.project = w.value
