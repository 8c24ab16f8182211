-- What the first change of structure was called. Caller: store/structure. Index: the primary key.
select description from _sqlx_migrations where version = 1
