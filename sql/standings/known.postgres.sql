-- How these projects stand, held until the transaction ends. $1: JSON list. By: store/standings. Index: primary key.
select s.project, s.status, s.paid_until, s.as_of
from standings s
where s.project in (select cast(w.project as bigint) from jsonb_array_elements_text($1::jsonb) w (project))
order by s.project
for update
