-- The changes of structure that this database has. Caller: store/structure. Index: none, all are wanted.
select version from _sqlx_migrations order by version
