-- The first tables that stand here, whosever they are. Caller: store/structure, when a database is opened. Index: none.
select name from sqlite_master where type = 'table' and name not like 'sqlite\_%' escape '\' and name <> '_sqlx_migrations'
order by name limit 4
