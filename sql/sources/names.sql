-- Every source of every project that isn't retired, by names. By: store/sources (apply checks filters). Index: primary keys.
select p.id, s.name
from sources s
join projects p on p.key = s.project
where p.retired_at is null
order by p.id, s.name
