-- How many balances projects ($1: JSON list) have. By: funds, before one is added. Index: primary key.
select b.project, count(*) as n
from json_each($1) w
cross join balances b on b.project = w.value
group by b.project
