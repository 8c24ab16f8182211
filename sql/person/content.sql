-- Removes content that is no variant's form any more. $1 hash. By: store/person. Index: primary key, variant_artefacts_by_hash.
delete from artefacts where hash = $1 and not exists (select 1 from variant_artefacts f where f.hash = $1)
