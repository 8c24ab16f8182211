-- Whether changes of structure were ever noted here. Caller: store/structure. Index: the catalogue's own.
select count(*) as found from pg_class c
where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and c.relname = '_sqlx_migrations'
