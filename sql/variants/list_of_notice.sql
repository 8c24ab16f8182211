-- Every variant of a notice that still has its forms. Callers: the gate, when a reader's rights have shrunk. Index: unique (notice, kind_of_reader).
select id, kind_of_reader from variants where notice = $1 and not forms_gone order by id
