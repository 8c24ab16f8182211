-- Names a stored form of a variant. Callers: notify::post. Index: primary key.
insert into variant_artefacts (variant, format, file_name, hash) values ($1, $2, $3, $4)
