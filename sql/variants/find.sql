-- The variant of a notice for one kind of reader. Callers: notify::post::narrow. Index: unique (notice, kind_of_reader).
select id from variants where notice = $1 and kind_of_reader = $2
