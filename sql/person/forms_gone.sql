-- Notes that a variant's stored forms are gone. Its reader is written with blanks behind it, which say nothing: whoever wants
-- the same once more gets a variant of its own. $1 variant. By: store/person. Index: primary key, unique (notice, kind_of_reader).
update variants
set forms_gone = true,
    kind_of_reader = kind_of_reader
        || substr('                                        ', 1, cast((select count(*) from variants o where o.notice = variants.notice) as integer))
where id = $1
