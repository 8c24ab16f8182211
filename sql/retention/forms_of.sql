-- Removes what a variant's forms were called. Caller: forget. Index: primary key.
delete from variant_artefacts where variant = $1
