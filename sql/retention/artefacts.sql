-- Removes up to $2 contents last stored before $1 that are no variant's form. Caller: forget.
-- Index: artefacts_by_age, variant_artefacts_by_hash.
delete from artefacts
where hash in (
    select a.hash from artefacts a
    where a.created_at < $1 and not exists (select 1 from variant_artefacts f where f.hash = a.hash)
    order by a.created_at
    limit $2
)
and created_at < $1
