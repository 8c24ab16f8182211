-- Whether changes of structure were ever noted here. Caller: store/structure. Index: none.
select count(*) as found from sqlite_master where type = 'table' and name = '_sqlx_migrations'
