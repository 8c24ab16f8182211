-- How many balances projects ($1: JSON list) have. By: funds, before one is added. Index: primary key.
select b.project, count(*) as n
from jsonb_array_elements_text($1::jsonb) w (project)
join balances b on b.project = cast(w.project as bigint)
group by b.project
