-- Every stored form with what it was made for: variant, notice, content's hash, kind of notice, project, the period that it
-- tells of. By: store/person. Index: none, all are wanted.
select f.variant, v.notice, f.hash, n.kind, n.project, cast(r.schedule as text) as schedule,
    coalesce(r.compare_from, r.period_from) as since, r.period_to as until
from variants v
cross join variant_artefacts f
join notices n on n.id = v.notice
left join runs r on r.id = n.run
where f.variant = v.id and not v.forms_gone
