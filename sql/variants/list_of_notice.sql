-- Every variant of a notice. Callers: the gate, when a reader's rights have shrunk. Index: unique (notice, kind_of_reader).
select id, kind_of_reader from variants where notice = $1 order by id
